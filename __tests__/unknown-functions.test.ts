import { beforeAll, describe, expect, test } from '@jest/globals';
import { check } from '../src/findings/check.ts';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import type { Migration } from '../src/model/source.ts';
import { rules } from '../src/rules/index.ts';
import { loadDeparser } from '../src/sql/deparse.ts';
import { loadParser } from '../src/sql/parse.ts';
import { connect } from '../src/database/service.ts';
import { startLocal } from '../src/database/local.ts';
import { MAJORS, postgresBinaries } from '../rig/postgres-binaries.ts';
import { loadParser as parser } from '../src/sql/parse.ts';
import { predictor } from '../rig/ground-truth/predict.ts';

/** Functions that a migration calls and that nothing in the repository defines. */
const SHOP =
  'create table t (id bigint primary key, at timestamptz not null); create table geo (id bigint primary key);';

const migration = (sql: string, changed: boolean): Migration => ({
  id: changed ? 'b' : 'a',
  framework: 'plain-sql',
  file: `migrations/${changed ? 'b' : 'a'}.sql`,
  sql,
  changed,
  direction: 'up',
  transaction: 'whole-file',
  noTransaction: null,
  unread: [],
});

async function found(sql: string, given = '', pg = 15): Promise<string[]> {
  const migrations = [migration(SHOP + given, false), migration(sql, true)];
  const [analyzed] = await analyzeHistory(
    { framework: 'plain-sql', root: 'migrations', migrations },
    { pg, mode: 'pull-request' },
  );
  const steps = analyzed?.steps ?? [];
  return [
    ...check(rules, steps).flatMap(({ rule, severity, violation: { message } }) =>
      rule.category === 'failure' ||
      rule.category === 'data-loss' ||
      rule.category === 'data' ||
      rule.id === 'server-intervention' ||
      rule.id === 'table-rewrite'
        ? [`${severity} ${rule.id}: ${message}`]
        : [],
    ),
    ...(analyzed?.blindSpots ?? []).map(({ because }) => `unread: ${because}`),
  ];
}

beforeAll(async () => {
  await loadParser();
  await loadDeparser();
});

describe('a function of an extension', () => {
  const sql = 'create table b (id uuid primary key default uuid_generate_v4())';
  test('that no migration creates may not exist', async () => {
    expect(await found(sql)).toEqual([expect.stringMatching(/^warning failing-statement: .*42883.*uuid-ossp/)]);
  });
  test.each([
    ['the extension is created', 'create extension "uuid-ossp";'],
    ['an earlier migration has called it', 'create table a (id uuid primary key default uuid_generate_v4());'],
    [
      'a migration defines it',
      "create function uuid_generate_v4() returns uuid language sql as 'select gen_random_uuid()';",
    ],
  ])('%s', async (_, given) => {
    expect(await found(sql, given)).toEqual([]);
  });
  test('in the schema of a platform is there', async () => {
    expect(
      await found('create table b (id uuid default extensions.uuid_generate_v4(), u uuid default auth.uid())'),
    ).toEqual([]);
  });
});

describe('a function of nobody known', () => {
  test('is a blind spot where it is evaluated', async () => {
    expect(await found('select do_something(1)')).toEqual([
      expect.stringContaining('unread: do_something() is defined'),
    ]);
    expect(await found('update t set at = do_something() where id = 1')).toEqual([
      expect.stringContaining('unread: do_something() is defined'),
    ]);
    expect(await found('do $$ begin perform do_something(); end $$')).toEqual([
      expect.stringContaining('unread: do_something() is defined'),
    ]);
  });
  test('may not exist where it is stored', async () => {
    expect(await found('alter table t add check (is_admin(id)) not valid')).toEqual([
      expect.stringMatching(/^warning failing-statement: .*42883.*is_admin/),
    ]);
  });
  test('a cast in the form of a call, the grammar’s own functions and Postgres’ own are known', async () => {
    const sql = `select text('a'), date('2020-01-01'), extract(year from at), coalesce(null, 1), pg_table_size('t'),
      row_number() over (), count(*), substring('a' from 1 for 1), overlay('a' placing 'b' from 1), position('a' in 'b') from t where id = 1`;
    expect(await found(sql)).toEqual([]);
  });
});

describe('functions of extensions that migrate tables', () => {
  test('create_hypertable', async () => {
    expect(await found("select create_hypertable('t', 'at', migrate_data => true)")).toEqual([
      expect.stringMatching(/^error table-rewrite: .* t .*ACCESS EXCLUSIVE/),
    ]);
    expect(await found("select create_hypertable('t', by_range('at'))")).toEqual([]);
  });
  test('retention and chunks lose rows', async () => {
    expect(await found("select drop_chunks('t', interval '1 year')")).toEqual([
      expect.stringMatching(/^error server-intervention: .*drop_chunks/),
    ]);
  });
  test('Citus', async () => {
    expect(await found("select create_distributed_table('t', 'id')")).toEqual([
      expect.stringMatching(/^error table-rewrite: .* t .* EXCLUSIVE/),
    ]);
  });
  test('PostGIS adds and drops columns', async () => {
    const add = "select AddGeometryColumn('public', 'geo', 'at', 4326, 'POINT', 2);";
    expect(await found(`${add} alter table geo add column at int`)).toEqual([expect.stringMatching(/42701/)]);
    expect(await found("select DropGeometryColumn('geo', 'at')", add)).toEqual([
      expect.stringMatching(/dropped-column/),
    ]);
    expect(await found("select DropGeometryTable('geo')")).toEqual([expect.stringMatching(/dropped-table/)]);
  });
});

describe.each(MAJORS)('functions that a major lacks, on Postgres %i', major => {
  test('fail there', async () => {
    await parser();
    const server = await startLocal({ binaries: await postgresBinaries(major) });
    const client = await connect(server.url);
    try {
      const predict = await predictor(major, { server: [], extensions: [], schema: '', session: '' });
      const wrong: string[] = [];
      for (const call of [
        'gen_random_uuid()',
        'uuidv7()',
        'uuidv4()',
        "date_bin('1 day', now(), now())",
        "regexp_count('a', 'a')",
        'any_value(1)',
        'to_hex(1)',
        'to_bin(1)',
        "casefold('a')",
        'array_sort(array[2, 1])',
        'extract(year from now())',
        'random_normal()',
      ]) {
        const code = await client.query(`select ${call}`).then(
          () => null,
          (error: unknown) => (error as { code: string }).code,
        );
        const { costs } = await predict({ setup: '', sql: `select ${call}` });
        const said = costs.find(({ kind, certainty }) => kind === 'fail' && certainty === 'will');
        if ((said?.kind === 'fail' ? said.sqlstate : null) !== code) wrong.push(`${call}: ${code ?? 'taken'}`);
      }
      expect(wrong).toEqual([]);
    } finally {
      await client.end();
      await server.stop();
    }
  });
});
