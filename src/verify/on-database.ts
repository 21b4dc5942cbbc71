import { connectionError } from '../database/connection-error.ts';
import type { TestServer } from '../database/test-server.ts';
import { UserError } from '../model/errors.ts';
import { onLine, type History, type Migration } from '../model/source.ts';
import { byCommand } from './tool-command.ts';
import type { Data } from './data.ts';
import { HistoryVerification, type ChangedMigration } from './verify-history.ts';
import type { Verification } from './result.ts';
import type { Tool } from './tool-runs.ts';

export interface VerifyOptions {
  /** The major version that predictions are for. */
  readonly pg: number;
  readonly data: Data;
  /** Each migration that changes the schema must have a down migration, whatever the others of its history have. */
  readonly requireRollback: boolean;
  /** What applies the history once more, whole. */
  readonly tool?: Tool | null;
  readonly progress?: (() => void) | undefined;
}

/** Applies a history to a new database, traces what is checked, takes it down and up again, and rehearses it on rows. */
export async function verifyOnDatabase(
  place: TestServer,
  history: History,
  analyzed: readonly ChangedMigration[],
  { pg, tool, progress, ...options }: VerifyOptions,
): Promise<Verification> {
  const byMigration = new Map(analyzed.map(one => [one.migration, one]));
  const downs = history.migrations.filter(({ direction, changed }) => direction === 'down' && changed);
  const touched = new Set(downs.map(({ id }) => id));
  const isBase = ({ id, direction }: Migration): boolean => direction === 'up' && !touched.has(id);
  const ups = history.migrations.filter(({ direction }) => direction === 'up');
  const first = ups.findIndex(one => byMigration.has(one) || !isBase(one));
  const base = ups.slice(0, first === -1 ? ups.length : first);
  const contents = base.flatMap(({ transaction, sql }) => [transaction, sql]);
  const template = base.length > 0 ? place.template(contents) : null;
  const database = await place.create(template ?? undefined);
  try {
    const rawFinding = new HistoryVerification(place, database, history, {
      ...options,
      comparable: pg === place.major,
    });
    for (const migration of template ? [] : base) {
      await during(migration, rawFinding.base(migration));
      progress?.();
    }
    if (!template && base.length > 0 && rawFinding.lacks === null) await place.keep(database, contents);
    for (const migration of ups.slice(base.length)) {
      const own = byMigration.get(migration);
      await during(
        migration,
        own
          ? rawFinding.analyzed(own)
          : isBase(migration)
            ? rawFinding.base(migration)
            : rawFinding.rolledBack(migration),
      );
      progress?.();
    }
    rawFinding.finish();
    if (tool) rawFinding.add(await byCommand(place, tool, { history, database, lacks: rawFinding.lacks }));
    return rawFinding;
  } finally {
    await database.drop();
  }
}

/** @throws what the work throws; where the server went away, with the file that it was at. */
async function during({ file }: Migration, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const userError = connectionError(error);
    if (!(userError instanceof UserError) || userError.span !== null) throw userError;
    const { hint, cause } = userError;
    throw new UserError(`${file}: ${userError.message}`, { hint, cause, span: onLine(file) });
  }
}
