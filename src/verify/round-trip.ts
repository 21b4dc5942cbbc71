import type { TestServer, TestDatabase } from '../database/test-server.ts';
import type { Delivery, Statement } from '../model/source.ts';
import { as } from '../sql/nodes.ts';
import type { Failure } from '../database/failure.ts';
import { deliver, send, substitute, supplyRole } from './send.ts';
import { differences, leftOver, structureOf, type Structure } from './structure.ts';

const BORDERS = new Set(['TRANS_STMT_BEGIN', 'TRANS_STMT_START', 'TRANS_STMT_COMMIT']);

/** Without BEGIN and COMMIT of its own; null where it may end a transaction otherwise, or was not understood. */
export function unwrapped(direction: Direction): Direction | null {
  const kinds = direction.statements.map(({ node }) => (node === null ? '?' : as(node, 'TransactionStmt')?.kind));
  if (kinds.some(kind => kind !== undefined && !BORDERS.has(kind))) return null;
  return { ...direction, statements: direction.statements.filter((_, at) => kinds[at] === undefined) };
}

/** One direction of a migration, parsed. */
export interface Direction {
  readonly statements: readonly Statement[];
  readonly delivery: Delivery;
}

/** What became of a schema that was taken down and up again. */
export interface Trip {
  readonly down: Failure | null;
  /** Against the schema before the migration. */
  readonly leftBy: readonly string[];
  readonly up: Failure | null;
  /** Against the schema after it; empty when the way up failed. */
  readonly after: readonly string[];
}

interface Route {
  readonly up: Direction;
  readonly down: Direction;
  readonly before: Structure;
  readonly after: Structure;
}

/**
 * Down and up again, leaving the database as it was. In one transaction that is rolled back; when anything fails there,
 * which may be the transaction's fault, once more on a copy and as the tool does it.
 */
export async function roundTrip(place: TestServer, database: TestDatabase, route: Route): Promise<Trip> {
  const [up, down] = [unwrapped(route.up), unwrapped(route.down)];
  const trip = up && down ? await inTransaction(place, database, { ...route, up, down }) : null;
  return trip ?? (await onCopy(place, database, route));
}

async function inTransaction(
  place: TestServer,
  database: TestDatabase,
  { up, down, before, after }: Route,
): Promise<Trip | null> {
  const client = await database.open();
  try {
    await client.query('begin');
    const run = async ({ statements }: Direction): Promise<Structure | null> => {
      for (const statement of statements)
        if ((await send(client, (await substitute(statement, place)).sql)) !== null) return null;
      return await structureOf(client);
    };
    const rolledBack = await run(down);
    const raised = rolledBack && (await run(up));
    return (
      rolledBack &&
      raised && { down: null, leftBy: leftOver(before, rolledBack), up: null, after: differences(after, raised) }
    );
  } finally {
    await client.end();
  }
}

async function onCopy(place: TestServer, database: TestDatabase, { up, down, before, after }: Route): Promise<Trip> {
  const copy = await place.create(database);
  try {
    const rolledBack = await walk(place, copy, down);
    if (rolledBack.failure) return { down: rolledBack.failure, leftBy: [], up: null, after: [] };
    const raised = await walk(place, copy, up);
    return {
      down: null,
      leftBy: leftOver(before, rolledBack.structure),
      up: raised.failure,
      after: raised.failure ? [] : differences(after, raised.structure),
    };
  } finally {
    await copy.drop();
  }
}

/** As the tool does it, up to the first failure. */
export async function walk(
  place: TestServer,
  database: TestDatabase,
  { statements, delivery }: Direction,
): Promise<{ failure: Failure | null; structure: Structure }> {
  const client = await database.open();
  try {
    let failure = await deliver(client, statements, { delivery, place });
    if (await supplyRole(failure, place)) failure = await deliver(client, statements, { delivery, place });
    return { failure, structure: await structureOf(client) };
  } finally {
    await client.end();
  }
}
