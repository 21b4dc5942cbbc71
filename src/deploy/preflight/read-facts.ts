import type { Client } from '../../database/service.ts';
import { introspect } from '../../measure/introspect.ts';
import { problemOf } from '../problem.ts';
import type { Facts, Part, Pooling, ServerFacts } from './facts.ts';
import * as queries from './queries.ts';

/** Shorter than a statement may take: whoever holds the lock is then named, and not only that nothing was read. */
const LOCK_MS = 500;

/**
 * Reads what the checks need, in the caller's read-only transaction. Whatever cannot be read is a part without rows, with the
 * reason.
 */
export async function readFacts(
  client: Client,
  { role, pooling }: { readonly role: string | null; readonly pooling: Pooling },
): Promise<Facts> {
  await client.query(`set local lock_timeout = ${LOCK_MS}`);
  const part = async <T extends object>(sql: string, values: readonly unknown[] = []): Promise<Part<T>> =>
    await apart<Part<T>>(
      client,
      async () => ({ rows: (await client.query<T>(sql, [...values])).rows, problem: null }),
      problem => ({ rows: [], problem }),
    );
  const { rows } = await client.query<ServerFacts>(queries.SERVER, [role]);
  const [server] = rows;
  if (server === undefined) throw new Error('a query without FROM returned no row');
  // Locks first: they tell why something else cannot be read.
  const locks: Facts['locks'] = await part(queries.LOCKS);
  return {
    pooling,
    server,
    locks,
    snapshots: await part(queries.SNAPSHOTS),
    prepared: await part(queries.PREPARED),
    advisory: await part(queries.ADVISORY),
    replicas: await part(queries.REPLICAS),
    slots: await part(queries.SLOTS),
    extensions: await part(queries.EXTENSIONS),
    schemas: await part(queries.SCHEMAS, [role]),
    tables: await part(queries.TABLES, [role]),
    live: await apart<Facts['live']>(
      client,
      async () => ({ catalog: await introspect(client), problem: null }),
      problem => ({ catalog: null, problem }),
    ),
  };
}

/** A failure of one part leaves the transaction to the others. */
async function apart<T>(client: Client, work: () => Promise<T>, failed: (problem: string) => T): Promise<T> {
  await client.query('savepoint part');
  try {
    const done = await work();
    await client.query('release savepoint part');
    return done;
  } catch (error) {
    await client.query('rollback to savepoint part');
    return failed(problemOf(error));
  }
}
