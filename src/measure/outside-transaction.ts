import type { Client } from '../database/service.ts';
import { stronger, type LockMode } from '../model/lock.ts';
import type { Cost } from '../model/effect.ts';
import type { Statement } from '../model/source.ts';
import { difference } from './difference.ts';
import { Blocker } from './blocker.ts';
import { backend, runWithNotices, type Measured } from './session.ts';
import { locksOf, relationsOf, type KnownRelation } from './snapshot.ts';

/** For how long something stands in the way of the statement. */
const OBSTRUCTED_MS = 15_000;
const POLL_MS = 2;
const LIMIT_MS = 60_000;

/** How a statement is run that refuses a transaction block. */
export type MeasureOutsideTransaction = (
  open: () => Promise<Client>,
  client: Client,
  statement: Statement,
) => Promise<Measured>;

/**
 * Runs a statement that refuses a transaction block, and reads its locks from another session.
 *
 * It releases its locks by itself, so another transaction stands in its way, and where it waits the next one takes the
 * place of the first: the statement goes from wait to wait, with its locks in hand or on its lips. CONCURRENTLY waits for
 * open writers; VACUUM and ANALYZE do not, but for SHARE.
 */
export const measureOutsideTransaction: MeasureOutsideTransaction = async (open, client, statement) => {
  const watcher = await open();
  const blocker = new Blocker(open, isVacuum(statement) ? 'SHARE' : 'ROW EXCLUSIVE');
  try {
    const pid = await backend(client);
    const relations = await relationsOf(watcher);
    if (!isOfEverything(statement)) await blocker.renew();
    let done = false;
    const running = runWithNotices(client, statement.sql).finally(() => (done = true));
    const locks = await watch(watcher, blocker, pid, () => done);
    const { notices, ms, failure } = await running;
    const after = await relationsOf(watcher);
    // The index that REINDEX CONCURRENTLY has replaced is nobody's any more when it is dropped under ACCESS EXCLUSIVE.
    for (const oid of locks.keys()) if (relations.get(oid)?.kind === 'index' && !after.has(oid)) locks.delete(oid);
    // What lies empty at a table's end is cut off where nobody is in the way, and left where somebody comes (lazy_truncate_heap).
    if (isVacuum(statement) && !isFull(statement))
      for (const [oid, mode] of locks) if (mode === 'ACCESS EXCLUSIVE') locks.set(oid, 'SHARE UPDATE EXCLUSIVE');
    const costs = failure ? [] : ended(statement, { relations, after, locks, notices });
    return { costs, ms, complete: false, failure };
  } finally {
    await blocker.leave();
    await watcher.end();
  }
};

/** Where there is no second session: its locks are not seen. */
export const measureWithoutWatcher: MeasureOutsideTransaction = async (_open, client, statement) => {
  const relations = await relationsOf(client);
  const { notices, ms, failure } = await runWithNotices(client, statement.sql);
  const costs = failure
    ? []
    : ended(statement, { relations, after: await relationsOf(client), locks: new Map(), notices });
  return { costs, ms, complete: false, failure };
};

interface Observed {
  readonly relations: ReadonlyMap<number, KnownRelation>;
  readonly after: ReadonlyMap<number, KnownRelation>;
  readonly locks: ReadonlyMap<number, LockMode>;
  readonly notices: readonly string[];
}

/** What a statement cost that has committed by itself. */
function ended(statement: Statement, { relations, after, locks, notices }: Observed): Cost[] {
  const temporary = new Set<string>();
  const costs = difference({
    before: { relations, locks: new Map(), scans: new Map(), temporary },
    after: { relations: after, locks, scans: new Map(), temporary },
    notices,
    shared: new Set(relations.keys()),
    copies: isVacuum(statement) || (statement.node !== null && 'ClusterStmt' in statement.node),
  });
  return costs.map(cost => (cost.kind === 'lock' ? ({ ...cost, until: 'statement-end' } as const) : cost));
}

const isVacuum = ({ node }: Statement): boolean => node !== null && 'VacuumStmt' in node;

const isFull = ({ node }: Statement): boolean => {
  const { options = [] } = (node?.VacuumStmt ?? {}) as { options?: readonly { DefElem?: { defname?: string } }[] };
  return options.some(({ DefElem }) => DefElem?.defname === 'full');
};

/** A transaction that has read the catalogs would stand in its way for good: VACUUM FULL takes pg_class, too. */
const isOfEverything = ({ node }: Statement): boolean =>
  node !== null && 'VacuumStmt' in node && (node.VacuumStmt as { rels?: unknown }).rels === undefined;

/** Every relation lock that `pid` was seen holding or asking for, until it is done. */
async function watch(
  watcher: Client,
  blocker: Blocker,
  pid: number,
  done: () => boolean,
): Promise<Map<number, LockMode>> {
  const modes = new Map<number, LockMode>();
  const start = Date.now();
  let waits = 0;
  while (!done()) {
    for (const [oid, mode] of await locksOf(watcher, pid, true)) modes.set(oid, stronger(mode, modes.get(oid) ?? mode));
    waits = (await isWaiting(watcher, pid)) ? waits + 1 : 0;
    const late = Date.now() - start;
    if (blocker.stands && late > OBSTRUCTED_MS) await blocker.leave();
    if (blocker.stands && waits > 2) {
      await blocker.renew();
      waits = 0;
    }
    if (late > LIMIT_MS) await watcher.query('select pg_catalog.pg_cancel_backend($1)', [pid]);
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  return modes;
}

async function isWaiting(watcher: Client, pid: number): Promise<boolean> {
  const { rows } = await watcher.query('select 1 from pg_catalog.pg_locks where pid = $1 and not granted', [pid]);
  return rows.length > 0;
}
