import type { Client } from '../../database/service.ts';
import { lockModeFromPgLocks, type LockMode } from '../../model/lock.ts';
import { keyOf, type Key } from '../../model/schema.ts';
import { session } from './session.ts';

/** From when to when a backend was seen holding, or asking for, a lock. Times are of `performance.now()`. */
export interface LockSpan {
  readonly relation: Key;
  readonly mode: LockMode;
  readonly granted: boolean;
  readonly begin: number;
  readonly end: number;
}

/** A lock held for less may go unseen. */
const POLL_MS = 10;

/** Relations that this session cannot see yet are of the backend's own making; SIReadLock stops nobody (manual, 13.2.3). */
const LOCKS = `
  select n.nspname as schema, c.relname as name, l.mode, l.granted
  from pg_catalog.pg_locks l
  join pg_catalog.pg_database d on d.oid = l.database and d.datname = pg_catalog.current_database()
  join pg_catalog.pg_class c on c.oid = l.relation
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where l.locktype = 'relation' and l.pid = $1 and l.mode <> 'SIReadLock'
    and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`;

/**
 * Watches the locks of the backend `pid` from another session while `during` runs: the only way to see those of
 * CONCURRENTLY and VACUUM, which release theirs by themselves. What `during` throws is thrown.
 */
export async function pollLocks<T>(
  open: () => Promise<Client>,
  pid: number,
  during: () => Promise<T>,
): Promise<{ readonly result: T; readonly locks: readonly LockSpan[] }> {
  const opened: Client[] = [];
  let done = false;
  try {
    const { client } = await session(open, opened);
    const spans = follow(client, pid, () => done);
    const result = await during().finally(() => (done = true));
    return { result, locks: await spans };
  } finally {
    done = true;
    await Promise.all(opened.map(client => client.end().catch(() => undefined)));
  }
}

async function follow(client: Client, pid: number, done: () => boolean): Promise<LockSpan[]> {
  const spans: LockSpan[] = [];
  let present = new Map<string, LockSpan>();
  // VACUUM FULL of pg_class keeps the poller out, too: then a look is missed, no more.
  // What it watches may end before it has begun: nobody waits for its failure then.
  await client.query('set lock_timeout = 1000').catch(() => undefined);
  while (!done()) {
    const locks = await look(client, pid).catch(() => null);
    const now = performance.now();
    const next = new Map<string, LockSpan>();
    for (const lock of locks ?? []) {
      const id = JSON.stringify(lock);
      next.set(id, { ...lock, begin: present.get(id)?.begin ?? now, end: now });
    }
    for (const [id, span] of present) if (!next.has(id)) spans.push({ ...span, end: now });
    present = next;
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  const end = performance.now();
  return [...spans, ...[...present.values()].map(span => ({ ...span, end }))];
}

async function look(client: Client, pid: number): Promise<Omit<LockSpan, 'begin' | 'end'>[]> {
  const { rows } = await client.query<{ schema: string; name: string; mode: string; granted: boolean }>(LOCKS, [pid]);
  return rows.map(({ schema, name, mode, granted }) => ({
    relation: keyOf({ schema, name }),
    mode: lockModeFromPgLocks(mode),
    granted,
  }));
}
