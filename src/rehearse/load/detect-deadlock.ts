import type { Client } from '../../database/service.ts';

const POLL_MS = 15;

/** A session of ours waits for one that waits for it: pg_blocking_pids names holders and those ahead in the queue. */
const CYCLES = `
  select 1 from pg_catalog.unnest($1::int[]) ours(pid), pg_catalog.unnest(pg_catalog.pg_blocking_pids(ours.pid)) other(pid)
  where ours.pid = any (pg_catalog.pg_blocking_pids(other.pid)) limit 1`;

/**
 * Notes each time at which one of the sessions `pids` and another wait for each other, until `done`.
 *
 * Sessions that step back in time are never victims of a deadlock; an application's would be, or the migration.
 */
export async function detectsDeadlock(
  client: Client,
  pids: readonly number[],
  times: number[],
  done: () => boolean,
): Promise<void> {
  while (!done()) {
    const answer = await client.query(CYCLES, [pids]).catch(() => null);
    if (answer === null) return;
    if (answer.rows.length > 0) times.push(performance.now());
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}
