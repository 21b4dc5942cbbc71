import type { Client } from '../../database/service.ts';
import { UserError } from '../../model/errors.ts';
import { keyOf, type Key } from '../../model/schema.ts';
import { detectsDeadlock } from './detect-deadlock.ts';
import { Probe, RESOLUTION_MS, type Target } from './probe.ts';
import { readingTransaction } from './reading-transaction.ts';
import { session } from './session.ts';
import type { Use, Wait } from './wait.ts';

/** Two sessions each. */
const MOST_TABLES = 6;
const LIMIT_MS = 15 * 60_000;
const USES: readonly Use[] = ['read', 'write'];

export interface ProbeOptions {
  /** How long a transaction that has read every table stays open at the start; 0 for none. */
  readonly readingMs?: number;
  /** After this time the watch gives up, whatever `during` does. */
  readonly limitMs?: number;
}

/** What the application waited for while `during` ran. */
export interface Watched<T> {
  readonly result: T;
  readonly waits: readonly Wait[];
  /** Times at which the migration and a writer waited for each other. */
  readonly deadlocks: readonly number[];
  /** The first SQLSTATE that is not about locks with which a use of a table failed: 42P01 when it is gone. */
  readonly refusals: readonly { readonly table: Key; readonly use: Use; readonly sqlstate: string }[];
  /** Tables beyond the most that are watched. */
  readonly unwatched: readonly Key[];
  /** Waits shorter than this may be missing. */
  readonly resolutionMs: number;
}

/**
 * Uses tables as an application would, a reader and a writer on each, while `during` changes them.
 *
 * The sessions take locks, change nothing, and step back before a deadlock is resolved at the migration's expense. What
 * `during` throws is thrown, once every connection has ended.
 */
export async function watch<T>(
  open: () => Promise<Client>,
  tables: readonly Target[],
  during: () => Promise<T>,
  { readingMs = 0, limitMs = LIMIT_MS }: ProbeOptions = {},
): Promise<Watched<T>> {
  const watched = tables.slice(0, MOST_TABLES);
  const opened: Client[] = [];
  const probes: { probe: Probe; target: Target; use: Use }[] = [];
  const loops: Promise<void>[] = [];
  let release = (): Promise<void> => Promise.resolve();
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    for (const { probe } of probes) probe.stop();
  };
  try {
    for (const target of watched)
      for (const use of USES) {
        const { client, pid } = await session(open, opened);
        probes.push({ probe: new Probe(client, pid, target, use), target, use });
      }
    const deadlocks: number[] = [];
    const { client } = await session(open, opened);
    const pids = probes.map(({ probe }) => probe.pid);
    if (readingMs > 0) {
      const { client: reader } = await session(open, opened);
      release = await readingTransaction(reader, watched, readingMs);
    }
    loops.push(detectsDeadlock(client, pids, deadlocks, () => stopped));
    loops.push(...probes.map(({ probe }) => probe.run()));
    const result = await within(limitMs, during());
    stop();
    await Promise.all([release(), ...loops]);
    return {
      result,
      waits: probes.flatMap(({ probe }) => probe.waits),
      deadlocks: [...deadlocks, ...probes.flatMap(({ probe }) => probe.deadlocks)],
      refusals: probes.flatMap(({ probe: { refusal }, target, use }) =>
        refusal === null ? [] : [{ table: keyOf(target), use, sqlstate: refusal }],
      ),
      unwatched: tables.slice(MOST_TABLES).map(keyOf),
      resolutionMs: RESOLUTION_MS,
    };
  } finally {
    stop();
    await release();
    await Promise.all(opened.map(client => client.end().catch(() => undefined)));
  }
}

/** @throws UserError when `work` is not done in time; what becomes of it then is nobody's business here. */
async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new UserError(`The migration did not end within ${limitMs / 1000} s.`)), limitMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
