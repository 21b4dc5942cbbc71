import { driftFrom, driftFromPrinted } from './stale-schema.ts';
import { baseSchema, onDump, onlyChanged, type Around } from './starting-schema.ts';
import { checkRollbacks } from './rollback/check.ts';
import { schemaDiff } from '../diff/schema-diff.ts';
import { UserError } from '../model/errors.ts';
import type { AnalyzedMigration, Mode } from '../model/analyzed-migration.ts';
import { analyzeHistory } from './analyze-history.ts';
import type { SchemaDiff } from '../model/schema-diff.ts';
import type { History } from '../model/source.ts';
import type { RawFinding } from '../findings/raw-finding.ts';

export interface AnalysisInput extends Around {
  readonly mode: Mode;
  /** The file whose schema replaces the history. */
  readonly dump: string | null;
  /** Prints the schema that the code expects. */
  readonly expectedSchema?: (() => Promise<string>) | undefined;
  /** A migration that changes the schema must have a down migration; false where a database is to show whether it does. */
  readonly requireRollback: boolean;
  /** Called before each file that is checked. */
  readonly progress?: ((done: number, all: number) => void) | undefined;
}

export interface AnalyzedHistories {
  readonly analyzed: readonly AnalyzedMigration[];
  /** What a database would have to be given, in order. */
  readonly histories: readonly History[];
  /** Files of history that were replayed. */
  readonly replayed: number;
  readonly schemaDiffs: readonly SchemaDiff[];
  readonly rawFindings: readonly RawFinding[];
  readonly notes: readonly string[];
}

/** Every database's change, each on the schema that its history, or the dump, leaves. */
export async function analyzeHistories(
  histories: readonly History[],
  analysisInput: AnalysisInput,
): Promise<AnalyzedHistories> {
  const { pg, mode, dump, expectedSchema, requireRollback, progress } = analysisInput;
  const dumpPath = mode === 'audit' || histories.length === 0 ? null : dump;
  const base = dumpPath === null ? null : await baseSchema(dumpPath, analysisInput);
  const read = histories.map(history => (base === null ? history : onlyChanged(history)));
  const all = read.flatMap(history => history.migrations).filter(({ direction }) => direction === 'up').length;
  const options = { pg, mode, ...(base && { base: base.catalog }) };
  const back = { required: requireRollback, pg };
  let done = 0;
  const onFile = (): void => progress?.(++done, all);
  const analyzed: AnalyzedMigration[] = [];
  const rawFindings: RawFinding[] = [];
  const schemaDiffs: SchemaDiff[] = [];
  for (const [nth, history] of read.entries()) {
    const faults = (files: readonly AnalyzedMigration[]): Promise<RawFinding[]> =>
      checkRollbacks(histories[nth] ?? history, files, back);
    let files = await analyzeHistory(history, { ...options, onFile });
    let faultsFound = await faults(files);
    // An audit looks closely at every file, as it is.
    if (mode !== 'audit' && (files.some(isRefused) || faultsFound.some(isFailing))) {
      files = await analyzeHistory(history, { ...options, checkHistory: true });
      faultsFound = await faults(files);
    }
    analyzed.push(...files);
    rawFindings.push(...faultsFound);
    if (mode !== 'audit') schemaDiffs.push(...changesOf(history.root, files));
  }
  if (expectedSchema && histories.length > 1) throw beyondOne(histories);
  const last = histories.length === 1 ? analyzed.at(-1) : undefined;
  return {
    analyzed,
    histories: base === null ? histories : read.map(history => onDump(history, base)),
    replayed: mode === 'audit' ? 0 : all - analyzed.length,
    schemaDiffs,
    rawFindings: [
      ...rawFindings,
      ...(base !== null && dumpPath !== null && last ? await driftFrom(last.after, dumpPath, analysisInput) : []),
      ...(expectedSchema && last
        ? await driftFromPrinted(
            last.after,
            { name: 'schema-command', text: await expectedSchema(), file: last.migration.file },
            pg,
          )
        : []),
    ],
    notes:
      dumpPath === null
        ? []
        : [
            base === null
              ? `${dumpPath} is new, so the migration history was replayed instead.`
              : `The starting schema is that of ${dumpPath}.`,
          ],
  };
}

/** Where the change may touch what the code expects, and no migration: a model that has none yet. */
export async function withoutMigration(
  histories: readonly History[],
  { expectedSchema, changed, pg, mode }: Pick<AnalysisInput, 'expectedSchema' | 'changed' | 'pg' | 'mode'>,
): Promise<RawFinding[]> {
  if (!expectedSchema || mode === 'audit' || changed.length === 0 || histories.length === 0) return [];
  const [history] = histories;
  if (!history || histories.length > 1) throw beyondOne(histories);
  const ups = history.migrations.filter(({ direction }) => direction === 'up');
  const last = ups.at(-1);
  if (!last) return [];
  const all = ups.map(migration => (migration === last ? { ...migration, changed: true } : migration));
  const after = (await analyzeHistory({ ...history, migrations: all }, { pg, mode })).at(-1)?.after;
  const model = changed.find(({ path, status }) => status !== 'removed' && MODEL.test(path));
  const printed = { name: 'schema-command', text: await expectedSchema(), file: model?.path ?? last.file };
  return after ? await driftFromPrinted(after, printed, pg) : [];
}

/** Where the models of a tool are by default. */
const MODEL =
  /(\.prisma|(^|\/)(schema|models?|entit(y|ies))(\.\w+)?|(^|\/)(schema|models?|entities)\/.*\.\w+|\.entity\.\w+)$/i;

const beyondOne = ({ length }: readonly History[]): UserError =>
  new UserError(`schema-command supports one database; ${length} migration histories were found.`, {
    hint: 'Select the migrations of one database with `paths`.',
  });

/** Is there a statement that the schema refuses, not the transaction (25001)? Then the history is read again, more closely. */
const isRefused = ({ steps }: AnalyzedMigration): boolean =>
  steps.some(({ costs }) => costs.some(cost => cost.kind === 'fail' && cost.sqlstate !== '25001'));

const isFailing = ({ rule }: RawFinding): boolean => rule === 'failing-rollback';

/** From before the first file of the pull request to after its last; files of history between them are in it, too. */
function changesOf(root: string, files: readonly AnalyzedMigration[]): SchemaDiff[] {
  const [first, last] = [files[0], files.at(-1)];
  const diff = first && last ? schemaDiff(root, first.before, last.after) : null;
  return diff ? [diff] : [];
}
