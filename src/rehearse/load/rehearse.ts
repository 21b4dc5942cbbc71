import { attempt, leave } from '../../database/failure.ts';
import type { Client } from '../../database/service.ts';
import { keyOf } from '../../model/schema.ts';
import type { Timeline } from '../../model/timeline.ts';
import { meter, type Meter } from './meter.ts';
import { pollLocks } from './poll-locks.ts';
import { RESOLUTION_MS, type Target } from './probe.ts';
import { timelineOf } from './timeline-of.ts';
import { waitsByStatement, type ObservedWaits, type Mark } from './wait.ts';
import { watch, type ProbeOptions } from './watch.ts';

/** Statements that commit together; without a block, each by itself. */
export interface TransactionBatch {
  readonly statements: readonly { readonly sql: string }[];
  readonly block: boolean;
}

/** A migration, run while an application uses its tables. */
export interface Rehearsed {
  readonly timeline: Timeline;
  /** For each statement that was sent, in order. */
  readonly sent: readonly (ObservedWaits & Sent)[];
  /** What an application met that was no lock: 42P01 for a table that is gone. */
  readonly refusals: readonly { readonly table: string; readonly use: string; readonly sqlstate: string }[];
  readonly unwatched: readonly string[];
  readonly resolutionMs: number;
}

/** One statement, as it went; what it wrote where it succeeded. */
export interface Sent extends Mark {
  readonly sql: string;
  readonly message: string;
  readonly before: Meter;
  readonly after: Meter | null;
  /** It was ended because of what it took. */
  readonly limit?: true;
}

interface RunOptions extends ProbeOptions {
  readonly sized?: readonly Target[];
  readonly concurrent?: boolean;
}

const UNWATCHED = { waits: [], deadlocks: [], refusals: [], resolutionMs: RESOLUTION_MS };

/**
 * Runs a migration for good on a database that is in use, up to the statement that fails. `sized`: tables that are measured
 * before and after each statement, those in use by default. `concurrent`: false where the server has one session, and
 * nobody can use the tables or look at the locks.
 * @throws UserError when it does not end in time; then the server is asked to cancel it
 */
export async function rehearse(
  open: () => Promise<Client>,
  tables: readonly Target[],
  batches: readonly TransactionBatch[],
  { sized = tables, concurrent = true, ...probeOptions }: RunOptions = {},
): Promise<Rehearsed> {
  const client = await open();
  let done = false;
  let pid = 0;
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_catalog.pg_backend_pid() as pid');
    pid = rows[0]?.pid ?? 0;
    const play = (): Promise<Sent[]> => perform(client, batches, sized);
    const watched = concurrent
      ? await watch(open, tables, () => pollLocks(open, pid, play), probeOptions)
      : { ...UNWATCHED, result: { result: await play(), locks: [] }, unwatched: tables.map(keyOf) };
    done = true;
    const { result: marks, locks } = watched.result;
    const { waits, refusals, unwatched, resolutionMs } = watched;
    return {
      timeline: timelineOf({ marks, locks, waits }),
      sent: waitsByStatement(marks, watched).flatMap((waits, at) => (marks[at] ? [{ ...waits, ...marks[at] }] : [])),
      refusals,
      unwatched,
      resolutionMs,
    };
  } finally {
    if (!done) await terminate(open, pid);
    await client.end().catch(() => undefined);
  }
}

const SUCCESS = { sqlstate: null, message: '', limit: undefined };

async function perform(
  client: Client,
  batches: readonly TransactionBatch[],
  sized: readonly Target[],
): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const { statements, block } of batches) {
    // SET TRANSACTION must come before any query.
    let before = await meter(client, sized);
    if (block) await client.query('begin');
    for (const { sql } of statements) {
      const begin = performance.now();
      const failure = await attempt(client, sql);
      const end = performance.now();
      const after = failure === null ? await meter(client, sized) : null;
      const { sqlstate, message, limit } = failure ?? SUCCESS;
      sent.push({ sql, begin, end, sqlstate, message, before, after, ...(limit && { limit }) });
      if (after !== null) {
        before = after;
        continue;
      }
      if (failure) await leave(client, failure);
      return sent;
    }
    // What was deferred to the commit is the last statement's.
    const refused = block ? await attempt(client, 'commit') : null;
    const last = sent.at(-1);
    if (refused && last) return [...sent.slice(0, -1), { ...last, ...refused, after: null }];
  }
  return sent;
}

async function terminate(open: () => Promise<Client>, pid: number): Promise<void> {
  const other = await open().catch(() => null);
  await other?.query('select pg_catalog.pg_terminate_backend($1)', [pid]).catch(() => undefined);
  await other?.end().catch(() => undefined);
}
