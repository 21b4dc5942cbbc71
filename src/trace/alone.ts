import type { Client } from '../database/service.ts';
import { stronger, type LockMode } from '../model/lock.ts';
import type { Statement } from '../model/source.ts';
import { difference } from './difference.ts';
import { Obstacle } from './obstacle.ts';
import { backend, runLoud, type Measured } from './session.ts';
import { locksOf, relationsOf } from './snapshot.ts';

/** For how long something stands in the way of the statement. */
const OBSTRUCTED_MS = 5_000;
const POLL_MS = 2;
const LIMIT_MS = 60_000;

/**
 * Runs a statement that refuses a transaction block, and reads its locks from another session.
 *
 * It releases its locks by itself, so another transaction stands in its way, and where it waits the next one takes the
 * place of the first: the statement goes from wait to wait, with its locks in hand or on its lips. CONCURRENTLY waits for
 * open writers; VACUUM and ANALYZE do not, but for SHARE. (20 of 20 runs, 100 to 500,000 rows.)
 */
export async function alone(open: () => Promise<Client>, client: Client, statement: Statement): Promise<Measured> {
  const watcher = await open();
  const vacuum = statement.node !== null && 'VacuumStmt' in statement.node;
  const obstacle = new Obstacle(open, vacuum ? 'SHARE' : 'ROW EXCLUSIVE');
  try {
    const pid = await backend(client);
    const relations = await relationsOf(watcher);
    await obstacle.renew();
    let done = false;
    const running = runLoud(client, statement.sql).finally(() => (done = true));
    const locks = await watch(watcher, obstacle, pid, () => done);
    const { notices, ms, failure } = await running;
    const before = { relations, locks: new Map<number, LockMode>(), scans: new Map<number, number>() };
    const after = { relations: await relationsOf(watcher), locks, scans: new Map<number, number>() };
    const copies = vacuum || (statement.node !== null && 'ClusterStmt' in statement.node);
    const costs = difference({ before, after, notices, shared: new Set(relations.keys()), copies });
    const ended = costs.map(cost => (cost.kind === 'lock' ? ({ ...cost, until: 'statement-end' } as const) : cost));
    return { costs: failure ? [] : ended, ms, complete: false, failure };
  } finally {
    await obstacle.leave();
    await watcher.end();
  }
}

/** Every relation lock that `pid` was seen holding or asking for, until it is done. */
async function watch(
  watcher: Client,
  obstacle: Obstacle,
  pid: number,
  done: () => boolean,
): Promise<Map<number, LockMode>> {
  const seen = new Map<number, LockMode>();
  const start = Date.now();
  let waits = 0;
  while (!done()) {
    for (const [oid, mode] of await locksOf(watcher, pid, true)) seen.set(oid, stronger(mode, seen.get(oid) ?? mode));
    waits = (await isWaiting(watcher, pid)) ? waits + 1 : 0;
    const late = Date.now() - start;
    if (obstacle.stands && late > OBSTRUCTED_MS) await obstacle.leave();
    if (obstacle.stands && waits > 2) {
      await obstacle.renew();
      waits = 0;
    }
    if (late > LIMIT_MS) await watcher.query('select pg_catalog.pg_cancel_backend($1)', [pid]);
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  return seen;
}

async function isWaiting(watcher: Client, pid: number): Promise<boolean> {
  const { rows } = await watcher.query('select 1 from pg_catalog.pg_locks where pid = $1 and not granted', [pid]);
  return rows.length > 0;
}
