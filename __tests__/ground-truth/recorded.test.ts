import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Prediction } from '../../rig/ground-truth/predict.ts';
import { KNOWN, MEASURED_ON, RECORDED } from '../../rig/ground-truth/records.ts';
import { UncertainCosts, trials, UNPREDICTED_ERRORS, type Trial } from '../../rig/ground-truth/rig.ts';
import { Table, verdict } from '../../rig/ground-truth/verdict.ts';

/** `UPDATE=1 npm test -- recorded` writes both anew; read the difference before committing it. */
const UNCERTAIN = new URL('../../rig/ground-truth/uncertain-costs.json', import.meta.url);
const DISAGREEMENTS = new URL('../../rig/ground-truth/disagreements.json', import.meta.url);

function golden(file: URL, now: unknown): string {
  const text = `${JSON.stringify(now, null, 2)}\n`;
  if (process.env.UPDATE) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
  return text;
}

describe('predictions equal what was measured on servers of 13 to 18', () => {
  let all: readonly (Trial & { readonly prediction: Prediction })[];
  const table = new Table();
  const uncertain = new UncertainCosts();
  const disagreeing = new Set<string>();
  const missed = new Set<string>();

  beforeAll(async () => {
    all = await Promise.all((await trials()).map(async trial => ({ ...trial, prediction: await trial.predict() })));
    for (const { id, major, measured, known, prediction } of all) {
      if (!measured) continue;
      const result = verdict(prediction, measured);
      table.add(String(major), result);
      if (!known) uncertain.add(prediction, measured);
      if (result.disagreements.length > 0) disagreeing.add(id);
      if (measured.failure && !prediction.mayFail) missed.add(id);
    }
  });
  afterAll(() => void process.stderr.write(`${table.toString()}\n`));

  test.each(MEASURED_ON)('Postgres %i: costs, errors, and what a transaction block refuses', major => {
    const found = all
      .filter(trial => trial.major === major)
      .flatMap(trial => trial.object(trial.prediction).map(objection => `${trial.id}, ${trial.sql}: ${objection}`));
    expect(found).toEqual([]);
  });

  test('every known disagreement still is one, and says why', () => {
    expect(Object.keys(KNOWN).filter(id => !disagreeing.has(id))).toEqual([]);
    expect(Object.values(KNOWN).filter(reason => reason.length < 20)).toEqual([]);
  });

  test('every error listed as not predicted still is one', () => {
    expect(Object.keys(UNPREDICTED_ERRORS).filter(id => !missed.has(id))).toEqual([]);
  });

  test('every case has a name of its own and was measured', () => {
    expect(RECORDED.filter(({ measured }) => measured.length === 0).map(({ id }) => id)).toEqual([]);
    expect(new Set(RECORDED.map(({ id }) => id)).size).toBe(RECORDED.length);
  });

  test('possible costs arise as often as they did', () => {
    expect(golden(UNCERTAIN, uncertain)).toContain(' of ');
  });

  test('known disagreements are what they were', () => {
    const known = new Map<string, number[]>();
    for (const { sql, major, measured, known: listed, prediction } of all)
      if (measured && listed)
        for (const { text } of verdict(prediction, measured).disagreements)
          known.set(`${sql}: ${text}`, [...(known.get(`${sql}: ${text}`) ?? []), major]);
    expect(golden(DISAGREEMENTS, Object.fromEntries([...known].map(([text, on]) => [text, on.join()])))).toContain(':');
  });
});
