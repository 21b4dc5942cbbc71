import { analyzeMigration } from './analyze-migration.ts';
import { blindSpots } from './blind-spots.ts';
import { settle } from '../catalog/commit.ts';
import { markAllUncertain } from '../catalog/uncertain.ts';
import { markIncomplete } from '../catalog/edit.ts';
import { emptyCatalog, sharedCatalog } from '../catalog/empty.ts';
import type { BlindSpot } from '../model/report.ts';
import type { AnalyzedMigration, Mode } from '../model/analyzed-migration.ts';
import type { Catalog } from '../model/schema.ts';
import type { History, Migration, Statement } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { parse } from '../sql/parse.ts';
import { grammarErrorOf } from '../sql/target-grammar.ts';
import { Connection, type Commits } from './connection.ts';

const onLineOne = (statement: Statement): Statement => ({
  ...statement,
  span: { ...statement.span, line: 1, endLine: 1 },
});

/** Of a file that is checked. Each says something, and the time for some grows with the square of their number. */
const MOST = 20_000;

/** The first of very many statements, and one that stands for the rest. */
function bounded(statements: readonly Statement[]): readonly Statement[] {
  const [next, last] = [statements[MOST], statements.at(-1)];
  if (!next || !last) return statements;
  const rest: Statement = {
    ...next,
    span: { ...next.span, endLine: last.span.endLine },
    node: null,
    error: `only the first ${MOST} statements of a file are analyzed`,
    unread: true,
  };
  return [...statements.slice(0, MOST), rest];
}

const UNREAD = 'a migration contains statements that are not analyzed';

interface AnalysisOptions {
  readonly pg: number;
  readonly mode: Mode;
  readonly base?: Catalog;
  /** Whether refused statements of the history leave uncertain what they touch: asked when one of the change would be refused. */
  readonly checkHistory?: boolean;
  readonly onFile?: () => void;
}

/** Replays one database's history and keeps the steps of what changed. */
export async function analyzeHistory(
  history: History,
  { pg, mode, base = startOf(history), checkHistory = false, onFile }: AnalysisOptions,
): Promise<AnalyzedMigration[]> {
  const analyzed: AnalyzedMigration[] = [];
  let catalog = base;
  let shared: Connection | undefined;
  for (const migration of history.migrations) {
    if (migration.direction === 'down') continue;
    onFile?.();
    const isChecked = mode === 'audit' || migration.changed;
    const commits: Commits = isChecked ? 'this-pr' : 'existing';
    const parsed = await parse(migration.sql, migration.file);
    const placed = migration.printed ? parsed.map(onLineOne) : parsed;
    const statements = isChecked ? bounded(placed) : placed;
    const start = migration.unread.length > 0 ? markIncomplete(catalog, UNREAD) : catalog;
    // An audit takes each file for a change of its own.
    if (mode === 'audit' || !isChecked || migration.transaction !== 'all-files') shared = void shared?.close();
    else if (shared === undefined)
      shared = new Connection(start, { delivery: migration.transaction, statements: statements.length, commits });
    else if (migration.unread.length > 0) shared.revise(current => markIncomplete(current, UNREAD));
    const options = { migration, pg, commits, checkHistory, ...(shared && { connection: shared }) };
    const read = analyzeMigration(statements, start, options);
    const understood =
      !shared && isForeign(history, read.steps) ? analyzeMigration(statements, markAllUncertain(start), options) : read;
    if (isChecked) {
      const spots = [...blindSpots(migration, understood.steps), ...(await foreignSyntax(statements, pg))];
      analyzed.push({
        migration,
        steps: understood.steps,
        blindSpots: spots,
        before: catalog,
        after: understood.catalog,
      });
    }
    catalog = mode === 'audit' ? settle(understood.catalog) : understood.catalog;
  }
  shared?.close();
  return analyzed;
}

/** The schema that migrations leave on an empty database, everything deployed. */
export async function replay(migrations: readonly Migration[], pg: number): Promise<Catalog> {
  let catalog = emptyCatalog();
  for (const migration of migrations) {
    const statements = await parse(migration.sql, migration.file);
    catalog = settle(analyzeMigration(statements, catalog, { migration, pg, commits: 'existing' }).catalog);
  }
  return catalog;
}

/** Files of no tool need not be all that makes tables. */
const startOf = ({ framework }: History): Catalog => (framework === 'plain-sql' ? sharedCatalog() : emptyCatalog());

const SEVERAL = 3;

/** Where no tool says that a file runs on this schema, one that much of is refused was not made for it. */
const isForeign = ({ framework }: History, steps: readonly Step[]): boolean =>
  framework === 'plain-sql' && steps.filter(isRefused).length >= SEVERAL;

/** Names that are missing, or taken (manual, appendix A). */
const ABOUT_NAMES = /^42(P01|703|704|883|P07|701|710|P06|723)$/;

const isRefused = ({ costs }: Step): boolean =>
  costs.some(cost => cost.kind === 'fail' && cost.certainty === 'will' && ABOUT_NAMES.test(cost.sqlstate));

/** Statements that the parser of Postgres 18 reads, and the server aimed at does not. */
async function foreignSyntax(statements: readonly Statement[], pg: number): Promise<BlindSpot[]> {
  const spots: BlindSpot[] = [];
  for (const statement of statements) {
    const refusal = statement.node === null ? null : await grammarErrorOf(statement, pg);
    if (refusal !== null)
      spots.push({ span: statement.span, because: `Postgres ${pg} rejects it: ${refusal}`, kind: 'syntax' });
  }
  return spots;
}
