import { Bench } from '../fuzz/bench.ts';
import { shrink, type Case } from '../fuzz/case.ts';
import { findingsOf } from '../fuzz/finding.ts';
import { fuzz } from '../fuzz/fuzz.ts';
import type { Tried } from '../fuzz/trial.ts';
import { postgresBinaries } from '../postgres-binaries.ts';
import type { Switch } from './switch.ts';

/** Looks for random migrations that notice mutants: the smallest case for each that one was found for. */
export async function hunt(
  mutants: ReadonlySet<number>,
  { switches, major, runs, seed }: { switches: Switch; major: number; runs: number; seed: number },
): Promise<Map<number, Case>> {
  const bench = await Bench.start(await postgresBinaries(major));
  const found = new Map<number, { from: Case; group: string }>();
  const watch = async ({ predict, measured }: Tried, from: Case): Promise<void> => {
    const { done, reached } = await switches.reachedBy(predict);
    const known = new Set(findingsOf(done, measured).map(({ group }) => group));
    for (const id of mutants) {
      if (!reached.has(id) || found.has(id)) continue;
      const findings = findingsOf(await switches.having(id, predict), measured);
      const noticed = findings.find(({ group }) => !known.has(group));
      if (noticed) found.set(id, { from, group: noticed.group });
    }
  };
  try {
    await fuzz(bench, { runs, seed, watch });
    const smallest = new Map<number, Case>();
    for (const [id, { from, group }] of found)
      smallest.set(id, await switches.having(id, () => shrink(bench, from, group)));
    return smallest;
  } finally {
    await bench.stop();
  }
}
