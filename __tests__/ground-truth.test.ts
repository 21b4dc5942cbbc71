import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Server } from '../src/database/local.ts';
import { bench, type Bench } from '../rig/ground-truth/live.ts';
import { predictor } from '../rig/ground-truth/predict.ts';
import { KNOWN, RECORDED, SAMPLES } from '../rig/ground-truth/records.ts';
import { anyServer } from '../rig/ground-truth/server.ts';
import { verdict } from '../rig/ground-truth/verdict.ts';

describe('predictions equal what a server does now', () => {
  let server: Server;
  let live: Bench;
  let predict: Awaited<ReturnType<typeof predictor>>;

  beforeAll(async () => {
    server = await anyServer();
    live = await bench(server);
    predict = await predictor(server.major);
  }, 120_000);
  afterAll(async () => {
    await live.close();
    await server.stop();
  });

  // Every seventh; all of them, on every major: npm run ground-truth.
  const tried = [...SAMPLES, ...RECORDED].filter(({ id }, nth) => nth % 7 === 0 && !(id in KNOWN));
  test.each(tried)(
    '$id: $sql',
    async sample => {
      const measured = await live.measure(sample);
      const disagreements = 'skipped' in measured ? [] : verdict(await predict(sample), measured).disagreements;
      expect(disagreements.map(({ text }) => text)).toEqual([]);
    },
    60_000,
  );
});
