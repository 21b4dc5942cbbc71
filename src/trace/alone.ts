import type { Client } from '../database/service.ts';
import { stronger, type LockMode } from '../model/lock.ts';
import type { Statement } from '../model/source.ts';
import { difference } from './difference.ts';
import { backend, runLoud, type Measured } from './session.ts';
import { locksOf, relationsOf, type Known } from './snapshot.ts';

/** How long an open transaction is kept in the way of a statement that does not run into it. */
const PATIENCE_MS = 400;
const POLL_MS = 2;
const LIMIT_MS = 60_000;

/**
 * Runs a statement that refuses a transaction block, and reads its locks from another session.
 *
 * It releases its locks by itself, so a third session stands in its way first: an open writer on every table. CONCURRENTLY
 * then stops at its first wait with its locks in hand, and what conflicts with a writer is seen asking. (20 of 20 runs,
 * 100 to 500,000 rows.) VACUUM and ANALYZE wait for no writer; against them the session holds their own mode.
 */
export async function alone(open: () => Promise<Client>, client: Client, statement: Statement): Promise<Measured> {
  const blocker = await open();
  const watcher = await open();
  try {
    const pid = await backend(client);
    const relations = await relationsOf(watcher);
    const vacuum = statement.node !== null && 'VacuumStmt' in statement.node;
    await block(blocker, [...relations.values()], vacuum ? 'SHARE UPDATE EXCLUSIVE' : 'ROW EXCLUSIVE');
    let done = false;
    const running = runLoud(client, statement.sql).finally(() => (done = true));
    const locks = await watch(watcher, blocker, pid, () => done);
    const { notices, ms, failure } = await running;
    const before = { relations, locks: new Map<number, LockMode>(), scans: new Map<number, number>() };
    const after = { relations: await relationsOf(watcher), locks, scans: new Map<number, number>() };
    const shared = new Set(relations.keys());
    const copies = vacuum || (statement.node !== null && 'ClusterStmt' in statement.node);
    const costs = difference({ before, after, notices, shared, copies });
    const ended = costs.map(cost => (cost.kind === 'lock' ? ({ ...cost, until: 'statement-end' } as const) : cost));
    return { costs: failure ? [] : ended, ms, complete: false, failure };
  } finally {
    await blocker.end();
    await watcher.end();
  }
}

async function block(blocker: Client, relations: readonly Known[], mode: LockMode): Promise<void> {
  const tables = relations.filter(({ kind }) => kind === 'table' || kind === 'partitioned-table');
  const names = tables.map(({ schema, name }) => `only ${quote(schema)}.${quote(name)}`);
  await blocker.query('begin');
  if (names.length > 0) await blocker.query(`lock table ${names.join(', ')} in ${mode} mode`);
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Every relation lock that `pid` was seen holding or asking for, until it is done. */
async function watch(
  watcher: Client,
  blocker: Client,
  pid: number,
  done: () => boolean,
): Promise<Map<number, LockMode>> {
  const seen = new Map<number, LockMode>();
  const start = Date.now();
  let released = false;
  let waits = 0;
  while (!done()) {
    for (const [oid, mode] of await locksOf(watcher, pid, true)) seen.set(oid, stronger(mode, seen.get(oid) ?? mode));
    if (!released && (await isWaiting(watcher, pid))) waits += 1;
    if (!released && (waits > 2 || Date.now() - start > PATIENCE_MS)) {
      await blocker.query('rollback');
      released = true;
    }
    if (Date.now() - start > LIMIT_MS) await watcher.query('select pg_catalog.pg_cancel_backend($1)', [pid]);
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  return seen;
}

async function isWaiting(watcher: Client, pid: number): Promise<boolean> {
  const { rows } = await watcher.query('select 1 from pg_catalog.pg_locks where pid = $1 and not granted', [pid]);
  return rows.length > 0;
}
