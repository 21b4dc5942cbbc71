import type { Timeline } from '../../model/timeline.ts';
import type { LockSpan } from './poll-locks.ts';
import type { Mark, Wait } from './wait.ts';

/** Everything on one clock, which starts with the first statement; what was over by then is left out. */
export function timelineOf({
  marks,
  locks,
  waits,
}: {
  readonly marks: readonly (Mark & { readonly sql: string })[];
  readonly locks: readonly LockSpan[];
  readonly waits: readonly Wait[];
}): Timeline {
  const zero = Math.min(...marks.map(({ begin }) => begin));
  const since = ({ begin, end }: { begin: number; end: number }): { begin: number; end: number } => ({
    begin: Math.max(0, begin - zero),
    end: end - zero,
  });
  return {
    statements: marks.map(mark => ({ sql: mark.sql, failed: mark.sqlstate !== null, ...since(mark) })),
    locks: locks
      .filter(({ end }) => end > zero)
      .map(lock => ({ relation: lock.relation, mode: lock.mode, granted: lock.granted, ...since(lock) })),
    blocked: waits.filter(({ end }) => end > zero).map(wait => ({ table: wait.table, use: wait.use, ...since(wait) })),
  };
}
