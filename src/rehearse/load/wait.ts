import type { Blocked } from '../../model/rehearsal.ts';
import type { Key } from '../../model/schema.ts';

/** What an application does with a table. */
export type Use = 'read' | 'write';

/** An application's statement was stopped by a lock. Times are of `performance.now()`. */
export interface Wait {
  readonly table: Key;
  readonly use: Use;
  readonly begin: number;
  readonly end: number;
  /** Still stopped when the watch ended. */
  readonly open: boolean;
}

/** When a statement of the migration ran, and how it ended. */
export interface Mark {
  readonly begin: number;
  readonly end: number;
  /** Null when it succeeded. */
  readonly sqlstate: string | null;
}

/** What the application waited for of one statement. */
export interface ObservedWaits {
  readonly blocked: readonly Blocked[];
  /** The statement itself gave up: 55P03. */
  readonly lockTimeout: boolean;
  /** The statement and a writer of the application waited for each other, or one was stopped for it: 40P01. */
  readonly deadlock: boolean;
}

/** The waits of a span of time, per table and use; those of none are left out. */
export function blockedIn(waits: readonly Wait[], { begin, end }: Pick<Mark, 'begin' | 'end'>): Blocked[] {
  const blocked = new Map<string, Blocked>();
  for (const wait of waits) {
    const ms = Math.min(wait.end, end) - Math.max(wait.begin, begin);
    if (ms <= 0) continue;
    const { table, use } = wait;
    const before = blocked.get(`${use} ${table}`) ?? { longest: 0, total: 0 };
    blocked.set(`${use} ${table}`, { table, use, longest: Math.max(before.longest, ms), total: before.total + ms });
  }
  return [...blocked.values()];
}

/** Each statement's share of the waits. */
export const waitsByStatement = (
  marks: readonly Mark[],
  { waits, deadlocks }: { readonly waits: readonly Wait[]; readonly deadlocks: readonly number[] },
): ObservedWaits[] =>
  marks.map(mark => ({
    blocked: blockedIn(waits, mark),
    lockTimeout: mark.sqlstate === '55P03',
    deadlock: mark.sqlstate === '40P01' || deadlocks.some(at => at >= mark.begin && at <= mark.end),
  }));
