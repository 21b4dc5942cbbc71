import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Bench } from '../rig/fuzz/bench.ts';
import { replayCase } from '../rig/fuzz/case.ts';
import { fuzz } from '../rig/fuzz/fuzz.ts';
import { CASES } from '../rig/cases/fuzz-cases.ts';
import { anyServer } from '../rig/ground-truth/server.ts';
import { COST_CASES } from '../rig/cases/cost-cases.ts';

const RUNS = 60;

describe('random migrations cost, and leave, what was predicted', () => {
  let bench: Bench;
  /**
   * Another each day, which is in the test's name: what fails does not pass by being run again. FUZZ_SEED sets it,
   * `npm run fuzz` shrinks what it shows.
   */
  const seed = Number(process.env.FUZZ_SEED ?? new Date().toISOString().slice(0, 10).replaceAll('-', ''));

  beforeAll(async () => {
    bench = await Bench.on(await anyServer());
  }, 120_000);
  afterAll(() => bench.stop());

  test.each([...CASES, ...COST_CASES])('$migration', async tried => {
    const findings = await replayCase(bench, tried);
    expect(findings.filter(({ kind }) => kind !== 'error').map(({ text }) => text)).toEqual([]);
  });

  test(`seed ${seed}`, async () => {
    const end = Date.now() + 8000;
    const { groups, statements } = await fuzz(bench, { runs: RUNS, seed, until: () => Date.now() > end });
    const found = [...groups.values()].filter(({ finding }) => finding.kind !== 'error');
    const shown = found.map(({ finding, from }) => ({ text: finding.text, ...from }));
    const again = `npm run fuzz -- --runs ${RUNS} --postgres ${bench.major} --seed ${seed}`;
    expect(statements).toBeGreaterThan(0);
    expect({ again, shown }).toEqual({ again, shown: [] });
  }, 60_000);
});
