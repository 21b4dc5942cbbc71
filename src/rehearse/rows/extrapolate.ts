import type { Fit, Sample } from '../../model/rehearsal.ts';

/** What work a table of `rows` rows is, in the unit of the fit. */
const WORK: Readonly<Record<Fit, (rows: number) => number>> = {
  linear: rows => rows,
  'n log n': rows => rows * Math.log2(Math.max(rows, 2)),
};

/** The time on `rows` rows, predicted from two smaller scales: a fixed part, and one that grows as the fit says. */
export function extrapolate([small, large]: readonly [Sample, Sample], rows: number, fit: Fit): number {
  const work = WORK[fit];
  const span = work(large.rows) - work(small.rows);
  if (span <= 0) throw new RangeError('two different scales are needed, the smaller one first');
  // Noise may make the larger scale the faster one: time never shrinks with rows.
  const slope = Math.max(0, (large.ms - small.ms) / span);
  return large.ms + slope * (work(rows) - work(large.rows));
}
