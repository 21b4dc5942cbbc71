import { withClient } from '../database/with-client.ts';
import type { TestServer, TestDatabase } from '../database/test-server.ts';
import { fingerprintRows, type RowFingerprint } from '../rehearse/integrity/rows.ts';
import type { BlindSpot } from '../model/report.ts';
import { onLine, type Migration, type Statement } from '../model/source.ts';
import { declarations } from '../sql/declarations.ts';
import { isGuarded } from '../sql/idempotent.ts';
import type { Failure } from '../database/failure.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import { unwrapped, walk, type Direction } from './round-trip.ts';
import { isEnvironmentLimitation, send, substitute } from './send.ts';
import { differences, structureOf, type Structure } from './structure.ts';
import type { Sent } from './down-migration.ts';
import { listed } from '../findings/wording.ts';
import { sentenceOf } from './wording.ts';

interface IdempotencyResult {
  readonly rawFindings: readonly RawFinding[];
  readonly blindSpots: readonly BlindSpot[];
}

/** What running a migration again did. */
interface Again {
  readonly failure: Failure | null;
  /** The statement that failed, where that is known. */
  readonly at: Statement | null;
  readonly changed: readonly string[];
}

const NOTHING: IdempotencyResult = { rawFindings: [], blindSpots: [] };

/** Why a migration is expected to change nothing when it is run again; null where nobody expects it. */
function claimOf(migration: Migration, statements: readonly Statement[]): string | null {
  if (declarations(migration).some(({ what }) => what === 'idempotent')) return 'is declared idempotent';
  if (migration.repeatable) return 'is rerun by its tool whenever it changes';
  return isGuarded(statements) ? 'guards every statement against a second run' : null;
}

/** Runs a migration that has been applied, and that claims to bear it, a second time. The database stays as it was. */
export async function checkIdempotency(
  place: TestServer,
  database: TestDatabase,
  { migration, statements }: Sent,
  after: Structure,
): Promise<IdempotencyResult> {
  const claim = claimOf(migration, statements);
  const [first] = statements;
  if (claim === null || !first) return NOTHING;
  const again = await applyAgain(place, database, { statements, delivery: migration.transaction }, after);
  const { file, line } = (again.at ?? first).span;
  const span = onLine(file, line);
  if (again.failure && isEnvironmentLimitation(again.failure)) {
    const because = `Whether it can be applied twice could not be verified: ${sentenceOf(again.failure)}`;
    return { ...NOTHING, blindSpots: [{ span, because, kind: 'unproven' }] };
  }
  if (again.failure === null && again.changed.length === 0) return NOTHING;
  const what = again.failure
    ? `fails when applied a second time: ${sentenceOf(again.failure)}`
    : `makes further changes when applied a second time: ${listed(again.changed)}.`;
  const message = `${migration.id} ${claim}, but ${what}`;
  return { ...NOTHING, rawFindings: [{ rule: 'not-idempotent', message, span, migration: migration.id }] };
}

/** In a transaction that is rolled back; what fails there, which may be the transaction's fault, on a copy as the tool does it. */
async function applyAgain(
  place: TestServer,
  database: TestDatabase,
  direction: Direction,
  after: Structure,
): Promise<Again> {
  const plain = unwrapped(direction);
  const tried = plain && (await inTransaction(place, database, plain, after));
  if (tried?.failure === null) return tried;
  const copy = await place.create(database);
  try {
    const before = await rowsOf(copy);
    const { failure, structure } = await walk(place, copy, direction);
    if (failure) return { failure, at: tried?.at ?? null, changed: [] };
    return { failure, at: null, changed: [...differences(after, structure), ...counts(before, await rowsOf(copy))] };
  } finally {
    await copy.drop();
  }
}

async function inTransaction(
  place: TestServer,
  database: TestDatabase,
  { statements }: Direction,
  after: Structure,
): Promise<Again> {
  const client = await database.open();
  try {
    await client.query('begin');
    const before = await fingerprintRows(client);
    for (const statement of statements) {
      const failure = await send(client, (await substitute(statement, place)).sql);
      if (failure) return { failure, at: statement, changed: [] };
    }
    const changed = [
      ...differences(after, await structureOf(client)),
      ...counts(before, await fingerprintRows(client)),
    ];
    return { failure: null, at: null, changed };
  } finally {
    await client.end();
  }
}

const rowsOf = (database: TestDatabase): Promise<RowFingerprint> => withClient(database, fingerprintRows);

/** Tables of before with another number of rows. Values may differ: `updated_at = now()`. */
const counts = (before: RowFingerprint, after: RowFingerprint): string[] =>
  [...before].flatMap(([table, { count }]) => {
    const now = after.get(table)?.count ?? count;
    return now === count ? [] : [`${table} had ${count} rows and now has ${now}`];
  });
