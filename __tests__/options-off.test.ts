import { beforeAll, expect, test } from '@jest/globals';
import { loadParser } from '../src/sql/parse.ts';
import { predictor } from '../rig/ground-truth/predict.ts';

const SCHEMA = 'create table t (id int primary key)';

beforeAll(loadParser);

/** Options of utility statements that are written and off (defGetBoolean, define.c). */
test.each([
  ['reindex (concurrently false) table t', 'SHARE'],
  ['reindex (concurrently off) table t', 'SHARE'],
  ['reindex (concurrently) table t', 'SHARE UPDATE EXCLUSIVE'],
  ['vacuum (full off) t', 'SHARE UPDATE EXCLUSIVE'],
  ['vacuum (full 0) t', 'SHARE UPDATE EXCLUSIVE'],
  ['vacuum (full) t', 'ACCESS EXCLUSIVE'],
])('%s', async (sql, mode) => {
  const predict = await predictor(17, { server: [], extensions: [], schema: SCHEMA, session: '' });
  const { costs } = await predict({ setup: '', sql, alone: true });
  expect(costs.flatMap(cost => (cost.kind === 'lock' ? [cost.mode] : []))).toContain(mode);
  expect(costs.some(cost => cost.kind === 'rewrite')).toBe(mode === 'ACCESS EXCLUSIVE');
});
