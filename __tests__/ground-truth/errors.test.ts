import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { predictor } from './predict.ts';
import { MEASURED_ON, recorded, SAMPLES } from './records.ts';
import { IN_BLOCK } from './transaction-block.ts';

/** Statements that failed on a server although nothing said so, and why nothing did. */
const UNFORETOLD = JSON.parse(readFileSync(new URL('unforetold-errors.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, string>
>;

/** What a transaction block refuses for reasons that are neither in the text nor in the schema. */
const UNKNOWABLE: ReadonlySet<string> = new Set([
  "PREPARE TRANSACTION 'x'", // max_prepared_transactions of the server
  'ALTER TABLE events DETACH PARTITION events_2024 FINALIZE', // only where a DETACH CONCURRENTLY was interrupted
  'CALL sp_commit()', // a COMMIT in a body is not read
  'DO $$ BEGIN COMMIT; END $$', // the same
]);

describe('errors that servers raised are foretold', () => {
  const missed = new Set<string>();

  test.each(MEASURED_ON)('Postgres %i', async major => {
    const predict = await predictor(major);
    for (const sample of SAMPLES)
      if (recorded(sample, major).failure && !(await predict(sample)).mayFail) missed.add(sample.id);
    expect([...missed].filter(id => !(id in UNFORETOLD))).toEqual([]);
  });

  test('every error listed as not foretold still is one', () => {
    expect(Object.keys(UNFORETOLD).filter(id => !missed.has(id))).toEqual([]);
  });
});

describe('what a transaction block refuses is foretold, by its SQLSTATE', () => {
  test.each(MEASURED_ON)('Postgres %i', async major => {
    const predict = await predictor(major);
    for (const { sql, answers } of IN_BLOCK) {
      if (UNKNOWABLE.has(sql)) continue;
      const [answer] = Object.entries(answers).find(([, majors]) => majors.includes(major)) ?? [];
      const failures = (await predict({ setup: '', sql })).costs.flatMap(cost =>
        cost.kind === 'fail' && cost.certainty === 'will' ? cost.sqlstate : [],
      );
      expect({ sql, answer: failures[0] ?? 'ok' }).toEqual({ sql, answer });
    }
  });
});
