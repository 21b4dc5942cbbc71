import { apply, applyMerged } from '../catalog/apply.ts';
import { markUncertain } from '../catalog/uncertain.ts';
import { preventsTransactionBlock } from '../effects/errors/transaction-block.ts';
import { atHighestLockLevel } from '../effects/predict/alter-table-lock-level.ts';
import { withCertainty, merge, predictCosts } from '../effects/predict.ts';
import { read } from '../effects/read.ts';
import { predictedError } from '../effects/errors.ts';
import type { Change, Cost } from '../model/effect.ts';
import type { Catalog } from '../model/schema.ts';
import type { Migration, Statement } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { Connection, type Commits } from './connection.ts';

export interface AnalyzedStatements {
  readonly steps: readonly Step[];
  /** After the file, everything committed. */
  readonly catalog: Catalog;
  /** The file leaves a BEGIN open. */
  readonly open: boolean;
}

interface MigrationContext {
  readonly migration: Migration;
  readonly pg: number;
  readonly commits: Commits;
  /** Statements of the history that a server would have refused leave uncertain what they touch. */
  readonly checkHistory?: boolean;
  /** The transaction of the files before it, which the tool goes on with; the caller ends it. */
  readonly connection?: Connection;
}

/** A file's statements in order: what each changes, what that costs in the transaction it runs in, and the schema after it. */
export function analyzeMigration(
  statements: readonly Statement[],
  catalog: Catalog,
  { migration, pg, commits, checkHistory = false, connection: shared }: MigrationContext,
): AnalyzedStatements {
  const count = statements.length;
  const connection = shared ?? new Connection(catalog, { delivery: migration.transaction, statements: count, commits });
  const { searchPath, sessionPath, otherPaths, prepared } = catalog;
  const sent = messagesOf(migration, statements);
  const steps = statements.map((statement, index): Step => {
    const message = sent.get(statement);
    if (message?.first === statement) connection.beginMessage();
    const { transaction, settings } = connection;
    const before = connection.catalog;
    const { changes, costs, after } = bounded(before, () => {
      if (commits === 'existing' && !checkHistory)
        return merged(read(statement, { catalog: before, settings, pg, schemaOnly: true }), before);
      const readChanges = read(statement, { catalog: before, settings, pg });
      return commits === 'existing' ? free(readChanges, before, pg) : pay(readChanges, before, { settings, pg });
    });
    const levelled = atHighestLockLevel(statement, costs, before);
    const pipelined = migration.transaction === 'pipeline' || (message?.pipelined === true && transaction.implicit);
    const refused = transaction.block && !(pipelined && transaction.position === 0);
    const step: Step = {
      statement,
      migration,
      transaction,
      changes,
      costs: refused ? [...levelled, ...failures(changes, pg)] : levelled,
      before,
      after,
      heldLocks: connection.heldLocks,
      settings,
      previous: connection.previous,
      whole: connection.whole,
      remaining: count - index - 1,
    };
    connection.after(step);
    if (message?.last === statement) connection.endMessage();
    return step;
  });
  const { open } = connection;
  const closed = shared ? connection.committed : connection.close();
  // The tool may keep its session for the files that follow.
  const otherLocals = commits === 'this-pr' ? pathsLeft(closed, catalog) : [];
  return {
    steps,
    catalog: { ...closed, searchPath, sessionPath, otherPaths: [...otherPaths, ...otherLocals], prepared },
    open,
  };
}

interface SentTogether {
  readonly first: Statement;
  readonly last: Statement;
  readonly pipelined: boolean;
}

/** Statements that share a message with others: one that is alone in its own is none of them. Both are in the order of lines. */
function messagesOf(
  { messages = [] }: Migration,
  statements: readonly Statement[],
): ReadonlyMap<Statement, SentTogether> {
  const sent = new Map<Statement, SentTogether>();
  let at = 0;
  for (const { line, endLine, pipelined = false } of messages) {
    while ((statements[at]?.span.line ?? Infinity) < line) at += 1;
    const from = at;
    while ((statements[at]?.span.endLine ?? Infinity) <= endLine) at += 1;
    const own = statements.slice(from, at);
    const [first, last] = [own[0], own.at(-1)];
    if (first && last && own.length > 1) for (const statement of own) sent.set(statement, { first, last, pipelined });
  }
  return sent;
}

/** Search paths that the next file of the same session may start with. */
function pathsLeft({ sessionPath, otherPaths }: Catalog, before: Catalog): (readonly string[])[] {
  const paths = otherPaths === before.otherPaths ? [] : otherPaths.slice(before.otherPaths.length);
  return sessionPath === before.sessionPath ? paths : [...paths, sessionPath];
}

interface Worked {
  readonly changes: readonly Change[];
  readonly costs: readonly Cost[];
  readonly after: Catalog;
}

/** A statement that uses up the stack is not read; no other is lost for it. */
function bounded(before: Catalog, work: () => Worked): Worked {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const because = 'it is too large, or nested too deeply, to be analyzed';
    const change: Change = { kind: 'opaque', because, dynamic: false, unread: true };
    return { changes: [change], costs: [], after: apply(before, change) };
  }
}

/** What has run already costs nobody anything any more. */
const merged = (changes: readonly Change[], before: Catalog): Worked => ({
  changes,
  costs: [],
  after: changes.reduce(applyMerged, before),
});

/** The same; where a server would have refused it, the schema is another. */
const free = (changes: readonly Change[], before: Catalog, pg: number): Worked => ({
  changes,
  costs: [],
  after: changes.reduce((catalog, change) => {
    const predicted = predictedError(change, { catalog, pg });
    const refused = predicted !== null && predicted.because === undefined;
    const after = apply(catalog, change);
    return refused ? markUncertain(after, change, catalog) : after;
  }, before),
});

/** Prices each change on the schema that the one before it left. */
function pay(
  changes: readonly Change[],
  catalog: Catalog,
  { settings, pg }: { settings: ReadonlyMap<string, string>; pg: number },
): Worked {
  const costs: Cost[] = [];
  let after = catalog;
  for (const change of changes) {
    costs.push(...predictCosts(change, { catalog: after, pg, settings }));
    after = apply(after, change);
  }
  return { changes, costs: merge(costs), after };
}

const failures = (changes: readonly Change[], pg: number): Cost[] =>
  changes.flatMap((change): Cost[] => {
    const message = preventsTransactionBlock(change, pg);
    if (message === null) return [];
    const relation = 'relation' in change ? change.relation : null;
    return [
      withCertainty({
        kind: 'fail',
        relation,
        sqlstate: change.kind === 'transaction' ? '2D000' : '25001',
        message,
        cause: change,
        basis: 'predicted',
        certainty: 'will',
      }),
    ];
  });
