import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Bench } from '../scripts/fuzz/bench.ts';
import { replayCase } from '../scripts/fuzz/case.ts';
import { fuzz } from '../scripts/fuzz/fuzz.ts';
import { CASES } from './fuzz-cases.ts';
import { anyServer } from './ground-truth/server.ts';
import { PRICES } from './price-cases.ts';

describe('random migrations cost, and leave, what was predicted', () => {
  let bench: Bench;
  /** A fixed one by default; another with FUZZ_SEED, and many with `npm run fuzz`. */
  const seed = Number(process.env.FUZZ_SEED ?? 415);

  beforeAll(async () => {
    bench = await Bench.on(await anyServer());
  }, 120_000);
  afterAll(() => bench.stop());

  test.each([...CASES, ...PRICES])('$migration', async tried => {
    const findings = await replayCase(bench, tried);
    expect(findings.filter(({ kind }) => kind !== 'error').map(({ text }) => text)).toEqual([]);
  });

  test(`seed ${seed}`, async () => {
    const end = Date.now() + 8000;
    const { groups, statements } = await fuzz(bench, { runs: 60, seed, until: () => Date.now() > end });
    const shown = [...groups.values()].filter(({ finding }) => finding.kind !== 'error');
    expect(statements).toBeGreaterThan(0);
    expect(shown.map(({ finding, from }) => ({ text: finding.text, ...from }))).toEqual([]);
  }, 60_000);
});
