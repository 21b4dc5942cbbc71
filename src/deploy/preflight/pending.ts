import { analyzeHistory, replay } from '../../analysis/analyze-history.ts';
import { emptyCatalog } from '../../catalog/empty.ts';
import type { AnalyzedMigration } from '../../model/analyzed-migration.ts';
import type { MigrationState, MigrationStateName, NextStep } from '../../model/deploy-report.ts';
import type { Catalog } from '../../model/schema.ts';
import type { History, Migration } from '../../model/source.ts';
import { loadParser } from '../../sql/parse.ts';
import { withTexts } from './live-schema.ts';

/** What the migrations of the checkout mean for the live schema. */
export interface Pending {
  /** Those that are to be applied, in order, on the live schema. */
  readonly analyzed: readonly AnalyzedMigration[];
  /** The schema that the applied migrations leave on an empty database. */
  readonly replayed: Catalog;
  /** The schema that `analyzed` starts from. */
  readonly base: Catalog;
  /** Failed or half-applied, with a file, on the schema before them. */
  readonly broken: readonly { readonly state: MigrationState; readonly analyzed: AnalyzedMigration }[];
}

const TO_APPLY: ReadonlySet<NextStep> = new Set(['apply', 'apply late', 'run twice', 'not reached']);
const APPLIED: ReadonlySet<MigrationStateName> = new Set(['applied', 'edited', 'baseline']);
const BROKEN: ReadonlySet<MigrationStateName> = new Set(['failed', 'half-applied']);

interface Known {
  readonly live: Catalog | null;
  /** Major version of the server. */
  readonly pg: number;
}

/** Analyzes what is pending on the live schema; where that could not be read, on what the applied files leave. */
export async function pendingOn(
  histories: readonly History[],
  states: readonly MigrationState[],
  { live, pg }: Known,
): Promise<Pending> {
  await loadParser();
  const byFile = new Map(states.map(state => [`${state.id}\n${state.file ?? ''}`, state]));
  const stateOf = ({ id, file }: Migration): MigrationState | undefined => byFile.get(`${id}\n${file}`);
  const chosen = (history: History, isWanted: (state: MigrationState) => boolean): Migration[] =>
    history.migrations.filter(one => {
      const state = one.direction === 'up' ? stateOf(one) : undefined;
      return state !== undefined && isWanted(state);
    });
  const applied = histories.flatMap(history => chosen(history, ({ state }) => APPLIED.has(state)));
  const replayed = applied.length === 0 ? emptyCatalog() : await replay(applied, pg);
  const base = live === null ? replayed : withTexts(live, replayed);
  const on = async (
    history: History,
    migrations: readonly Migration[],
    from: Catalog,
  ): Promise<AnalyzedMigration[]> => {
    const changed = migrations.map(migration => ({ ...migration, changed: true }));
    return await analyzeHistory({ ...history, migrations: changed }, { pg, mode: 'pull-request', base: from });
  };
  const analyzed: AnalyzedMigration[] = [];
  const broken: { state: MigrationState; analyzed: AnalyzedMigration }[] = [];
  for (const history of histories) {
    const pending = chosen(history, ({ next, file }) => TO_APPLY.has(next) && file !== null);
    if (pending.length > 0) analyzed.push(...(await on(history, pending, base)));
    for (const one of chosen(history, ({ state }) => BROKEN.has(state))) {
      const [found] = await on(history, [one], replayed);
      const state = stateOf(one);
      if (found && state) broken.push({ state, analyzed: found });
    }
  }
  return { analyzed, replayed, base, broken };
}
