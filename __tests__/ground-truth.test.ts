import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Server } from '../src/database/local.ts';
import { CASES } from './ground-truth/cases.ts';
import { bench, type Bench } from './ground-truth/live.ts';
import { predictor } from './ground-truth/predict.ts';
import { KNOWN, MEASURED_ON, RECORDS, recorded, SAMPLES, samplesOn, type Sample } from './ground-truth/records.ts';
import { anyServer } from './ground-truth/server.ts';
import { Table, verdict } from './ground-truth/verdict.ts';

describe('predictions equal what was measured on real servers', () => {
  const table = new Table();
  const disagreeing = new Set<string>();

  test.each(MEASURED_ON)('Postgres %i', async major => {
    const predict = await predictor(major);
    const unknown: string[] = [];
    for (const sample of samplesOn(major)) {
      const result = verdict(await predict(sample), recorded(sample, major));
      table.add(major, result);
      if (result.disagreements.length === 0) continue;
      disagreeing.add(sample.id);
      if (!(sample.id in KNOWN)) unknown.push(`${sample.id}: ${result.disagreements.map(d => d.text).join('; ')}`);
    }
    expect(unknown).toEqual([]);
  });

  test('every known disagreement still is one, and says why', () => {
    expect(Object.keys(KNOWN).filter(id => !disagreeing.has(id))).toEqual([]);
    expect(Object.values(KNOWN).filter(reason => reason.length < 20)).toEqual([]);
  });

  test('every case has its record', () => {
    expect(Object.keys(RECORDS).sort()).toEqual(CASES.map(({ sql }) => sql).sort());
  });

  afterAll(() => void process.stderr.write(`${table.toString()}\n`));
});

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

  async function judge(sample: Pick<Sample, 'setup' | 'before' | 'sql' | 'setting' | 'alone'>) {
    const measured = await live.measure(sample);
    if ('skipped' in measured) return { ran: false, disagreements: [] };
    const { disagreements } = verdict(await predict(sample), measured);
    return { ran: measured.failure === null, disagreements: disagreements.map(({ text }) => text) };
  }

  test.each(CASES)('$sql', async sample => {
    expect(await judge(sample)).toMatchObject({ disagreements: [] });
  });

  // Every ninth sample; all of them, on every major: npm run ground-truth.
  test.each(SAMPLES.filter(({ id }, nth) => nth % 9 === 0 && !(id in KNOWN)))('$id', async sample => {
    expect(await judge(sample)).toMatchObject({ disagreements: [] });
  });
});
