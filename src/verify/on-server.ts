import { connectionError } from '../database/connection-error.ts';
import { openTestServer, type ServerOptions } from '../database/open-test-server.ts';
import type { TestServer } from '../database/test-server.ts';
import { UserError } from '../model/errors.ts';
import type { History } from '../model/source.ts';
import { NO_DATA } from './data.ts';
import type { ChangedMigration } from './verify-history.ts';
import { verifyOnDatabase, type VerifyOptions } from './on-database.ts';
import type { Verification } from './result.ts';

/** A history of a thousand files takes minutes. */
const LIMIT_MINUTES = 60;

/** Never silently: see `Place.embedded`. */
const ALONE =
  'Dry run on the embedded Postgres, which has only one session: there was no concurrent load, locks and waits were not measured, and its times are not comparable to those of a server.';

interface VerifyAllOptions extends Partial<Omit<VerifyOptions, 'pg'>> {
  readonly limitMinutes?: number;
}

/**
 * Verifies each history in a database of its own.
 * @throws UserError when the server, or the time, does not last to the end: then nothing is verified.
 */
export async function verifyAll(
  where: ServerOptions,
  histories: readonly History[],
  analyzed: readonly ChangedMigration[],
  { limitMinutes = LIMIT_MINUTES, ...rest }: VerifyAllOptions = {},
): Promise<Verification> {
  const options: VerifyOptions = { data: NO_DATA, requireRollback: false, ...rest, pg: where.major };
  const forPrograms = Boolean(options.tool ?? options.data.seedCommand);
  try {
    const place = await openTestServer({ ...where, forPrograms });
    return await closing(place, () => within(limitMinutes, proveIn(place, histories, analyzed, options)));
  } catch (error) {
    throw connectionError(error);
  }
}

/** What went wrong first is said, not what that led to when the place was left. */
async function closing<T>(place: TestServer, work: () => Promise<T>): Promise<T> {
  try {
    const done = await work();
    await place.close();
    return done;
  } catch (error) {
    await place.close().catch(() => undefined);
    throw error;
  }
}

async function proveIn(
  place: TestServer,
  histories: readonly History[],
  analyzed: readonly ChangedMigration[],
  options: VerifyOptions,
): Promise<Verification> {
  const { pg, data } = options;
  const possible = place.embedded ? { ...options, data: { ...data, inUse: false, rowCounts: new Map() } } : options;
  const verifications = [];
  if (histories.length > 1 && options.tool) throw beyondOne(histories);
  for (const history of histories)
    verifications.push(await verifyOnDatabase(place, history, analyzed, { ...possible, tool: options.tool ?? null }));
  const other = `Measured on Postgres ${place.major}, because ${pg} is not available. Predictions are for ${pg} and were not compared.`;
  return {
    traced: new Map(verifications.flatMap(one => [...one.traced])),
    rawFindings: verifications.flatMap(one => one.rawFindings),
    rehearsals: new Map(verifications.flatMap(one => [...one.rehearsals])),
    rehearsed: new Map(verifications.flatMap(one => [...one.rehearsed])),
    settlements: new Map(verifications.flatMap(one => [...one.settlements])),
    blindSpots: verifications.flatMap(one => one.blindSpots),
    notes: [
      ...(place.major === pg ? [] : [other]),
      ...(place.embedded && verifications.some(({ rehearsals }) => rehearsals.size > 0) ? [ALONE] : []),
      ...verifications.flatMap(one => one.notes),
    ],
  };
}

const beyondOne = ({ length }: readonly History[]): UserError =>
  new UserError(`apply-command cannot run: it supports one database, but the migrations of ${length} are checked.`, {
    hint: 'Select one with `paths`.',
  });

async function within<T>(minutes: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const late = new UserError(`Nothing could be verified: not finished after ${minutes} minutes.`);
    timer = setTimeout(() => reject(late), minutes * 60_000);
  });
  return await Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
