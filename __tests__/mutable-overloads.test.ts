import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Server } from '../src/database/local.ts';
import { startLocal } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { loadParser } from '../src/sql/parse.ts';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import { predictor } from '../rig/ground-truth/predict.ts';
import { migrationOf } from '../rig/migration.ts';
import { MAJORS, postgresBinaries } from '../rig/postgres-binaries.ts';

/** Expressions of an index that are immutable or not by the overload that is meant. */
jest.setTimeout(120_000);

const SCHEMA =
  'create table t (id int, n numeric, a timestamptz, b timestamp, d date, s text, j jsonb, u uuid, i interval, v varchar(20))';
const EXPRESSIONS = [
  ...['a', 'b', 'd', 's', 'v'].flatMap(column =>
    ['date', 'timestamp', 'timestamptz', 'text', 'varchar'].map(type => `${column}::${type}`),
  ),
  ...['a', 'b', 'd'].flatMap(column => [
    `date_trunc('day', ${column})`,
    `extract(year from ${column})`,
    `date_part('year', ${column})`,
    `date(${column})`,
    `${column} < '2020-01-01'`,
    `${column} < '2020-01-01'::timestamptz`,
  ]),
  ...['a::time', 'b::time', 's::time', 's::interval', 's::regclass', 's::int', 's::uuid', 'n::text', 'id::text'],
  ...["(j ->> 'x')::int", "(j ->> 'x')::date", "j ->> 'x'", "date_trunc('day', a, 'UTC')", '(s::date)::text'],
  ...["date_trunc('day', a at time zone 'UTC')", "(a at time zone 'UTC')::date", "timezone('UTC', b)::date"],
  ...['to_tsvector(s)', "to_tsvector('english', s)", "to_tsvector('english', j)", 'to_tsvector(j)', 'lower(s)::date'],
  ...[
    'age(a)',
    'age(b, b)',
    'a + i',
    'b + i',
    'a - i',
    'a - a',
    'a > b',
    'a = d',
    'd < b',
    'd + i',
    'now()',
    'lower(s)',
  ],
];

const GENERATED = [
  'date generated always as (a::date)',
  'date generated always as (b::date)',
  'tsvector generated always as (to_tsvector(s))',
  "tsvector generated always as (to_tsvector('english', s))",
  "timestamptz generated always as (date_trunc('day', a))",
];

describe.each(MAJORS)('on Postgres %i', major => {
  let server: Server;
  let client: Client;
  beforeAll(async () => {
    await loadParser();
    server = await startLocal({ binaries: await postgresBinaries(major) });
    client = await connect(server.url);
    await client.query(SCHEMA);
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  test('an index is predicted to fail where it does', async () => {
    const predict = await predictor(major, { server: [], extensions: [], schema: SCHEMA, session: '' });
    const wrong: string[] = [];
    for (const expression of EXPRESSIONS) {
      const sql = `create index on t ((${expression}))`;
      const code = await client.query(sql).then(
        () => null,
        (error: unknown) => (error as { code: string }).code,
      );
      const { costs } = await predict({ setup: '', sql });
      const said = costs.some(cost => cost.kind === 'fail' && cost.sqlstate === '42P17' && cost.certainty === 'will');
      if (said !== (code === '42P17')) wrong.push(`${expression}: ${code ?? 'taken'}`);
    }
    for (const generated of GENERATED) {
      const sql = `alter table t add column g ${generated} stored`;
      await client.query('begin');
      const code = await client.query(sql).then(
        () => null,
        (error: unknown) => (error as { code: string }).code,
      );
      await client.query('rollback');
      const { costs } = await predict({ setup: '', sql });
      const said = costs.some(cost => cost.kind === 'fail' && cost.sqlstate === '42P17');
      if (said !== (code === '42P17')) wrong.push(`${generated}: ${code ?? 'taken'}`);
    }
    expect(wrong).toEqual([]);
  });
});

test('several that fail so do not mean that the file was made for another schema', async () => {
  const past = migrationOf('create table tasks (id bigint primary key, title text, ends timestamptz);', {
    ...{ id: '0', file: 'migrations/0.sql', changed: false },
  });
  const sql = ['a', 'b', 'c'].map(
    name => `alter table tasks add column ${name} date generated always as (ends::date) stored;`,
  );
  const [analyzed] = await analyzeHistory(
    { framework: 'plain-sql', root: 'migrations', migrations: [past, migrationOf(sql.join('\n'))] },
    { pg: 17, mode: 'pull-request' },
  );
  const failures = (analyzed?.steps ?? []).map(({ costs }) =>
    costs.flatMap(cost => (cost.kind === 'fail' ? cost.sqlstate : [])),
  );
  expect(failures).toEqual([['42P17'], ['42P17'], ['42P17']]);
});
