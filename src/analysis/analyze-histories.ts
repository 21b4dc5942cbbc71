import { driftFrom, driftFromPrinted } from './stale-schema.ts';
import { baseSchema, onDump, onlyChanged, type Around } from './starting-schema.ts';
import { waysBack } from './rollback/check.ts';
import { schemaDiff } from '../diff/schema-diff.ts';
import { Expected } from '../model/errors.ts';
import type { Judged, Mode } from '../model/analyzed-migration.ts';
import { judge } from './analyze-history.ts';
import type { SchemaDiff } from '../model/schema-diff.ts';
import type { History } from '../model/source.ts';
import type { Proof } from '../findings/raw-finding.ts';

export interface Judging extends Around {
  readonly mode: Mode;
  /** The file whose schema stands in for the history. */
  readonly dump: string | null;
  /** Prints the schema that the code expects. */
  readonly wanted?: (() => Promise<string>) | undefined;
  /** A migration that changes the schema must have a way down; false where a database is to show whether it does. */
  readonly requireRollback: boolean;
  /** Called before each file that is judged. */
  readonly progress?: ((done: number, all: number) => void) | undefined;
}

export interface Judgements {
  readonly judged: readonly Judged[];
  /** What a database would have to be given, in order. */
  readonly histories: readonly History[];
  /** Files of history that were replayed. */
  readonly replayed: number;
  readonly schemaDiffs: readonly SchemaDiff[];
  readonly proofs: readonly Proof[];
  readonly notes: readonly string[];
}

/** Every database's change, each on the schema that its history, or the dump, leaves. */
export async function judgeAll(histories: readonly History[], judging: Judging): Promise<Judgements> {
  const { pg, mode, dump, wanted, requireRollback, progress } = judging;
  const asked = mode === 'audit' || histories.length === 0 ? null : dump;
  const base = asked === null ? null : await baseSchema(asked, judging);
  const read = histories.map(history => (base === null ? history : onlyChanged(history)));
  const all = read.flatMap(history => history.migrations).filter(({ direction }) => direction === 'up').length;
  const how = { pg, mode, ...(base && { base: base.catalog }) };
  const back = { required: requireRollback, pg };
  let done = 0;
  const onFile = (): void => progress?.(++done, all);
  const judged: Judged[] = [];
  const proofs: Proof[] = [];
  const schemaDiffs: SchemaDiff[] = [];
  for (const [nth, history] of read.entries()) {
    const faults = (files: readonly Judged[]): Promise<Proof[]> => waysBack(histories[nth] ?? history, files, back);
    let files = await judge(history, { ...how, onFile });
    let found = await faults(files);
    // An audit looks closely at every file, as it is.
    if (mode !== 'audit' && (files.some(isRefused) || found.some(isFailing))) {
      files = await judge(history, { ...how, wary: true });
      found = await faults(files);
    }
    judged.push(...files);
    proofs.push(...found);
    if (mode !== 'audit') schemaDiffs.push(...changesOf(history.root, files));
  }
  if (wanted && histories.length > 1) throw beyondOne(histories);
  const last = histories.length === 1 ? judged.at(-1) : undefined;
  return {
    judged,
    histories: base === null ? histories : read.map(history => onDump(history, base)),
    replayed: mode === 'audit' ? 0 : all - judged.length,
    schemaDiffs,
    proofs: [
      ...proofs,
      ...(base !== null && asked !== null && last ? await driftFrom(last.after, asked, judging) : []),
      ...(wanted && last
        ? await driftFromPrinted(
            last.after,
            { name: 'schema-command', text: await wanted(), file: last.migration.file },
            pg,
          )
        : []),
    ],
    notes:
      asked === null
        ? []
        : [
            base === null
              ? `${asked} is new, so the migration history was replayed instead.`
              : `The starting schema is that of ${asked}.`,
          ],
  };
}

/** Where the change may touch what the code expects, and no migration: a model that has none yet. */
export async function withoutMigration(
  histories: readonly History[],
  { wanted, changed, pg, mode }: Pick<Judging, 'wanted' | 'changed' | 'pg' | 'mode'>,
): Promise<Proof[]> {
  if (!wanted || mode === 'audit' || changed.length === 0 || histories.length === 0) return [];
  const [history] = histories;
  if (!history || histories.length > 1) throw beyondOne(histories);
  const ups = history.migrations.filter(({ direction }) => direction === 'up');
  const last = ups.at(-1);
  if (!last) return [];
  const all = ups.map(migration => (migration === last ? { ...migration, changed: true } : migration));
  const after = (await judge({ ...history, migrations: all }, { pg, mode })).at(-1)?.after;
  const model = changed.find(({ path, status }) => status !== 'removed' && MODEL.test(path));
  const printed = { name: 'schema-command', text: await wanted(), file: model?.path ?? last.file };
  return after ? await driftFromPrinted(after, printed, pg) : [];
}

/** Where the models of a tool are by default. */
const MODEL =
  /(\.prisma|(^|\/)(schema|models?|entit(y|ies))(\.\w+)?|(^|\/)(schema|models?|entities)\/.*\.\w+|\.entity\.\w+)$/i;

const beyondOne = ({ length }: readonly History[]): Expected =>
  new Expected(`schema-command supports one database; ${length} migration histories were found.`, {
    hint: 'Select the migrations of one database with `paths`.',
  });

/** Is there a statement that the schema refuses, not the transaction (25001)? Then the history is read again, more closely. */
const isRefused = ({ steps }: Judged): boolean =>
  steps.some(({ costs }) => costs.some(cost => cost.kind === 'fail' && cost.sqlstate !== '25001'));

const isFailing = ({ rule }: Proof): boolean => rule === 'failing-rollback';

/** From before the first file of the pull request to after its last; files of history between them are in it, too. */
function changesOf(root: string, files: readonly Judged[]): SchemaDiff[] {
  const [first, last] = [files[0], files.at(-1)];
  const diff = first && last ? schemaDiff(root, first.before, last.after) : null;
  return diff ? [diff] : [];
}
