import { describe, expect, test } from '@jest/globals';
import { suppressionComments } from '../src/findings/suppressions.ts';
import { loadOptions } from '../src/config/load.ts';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import type { History, Migration } from '../src/model/source.ts';
import { parse } from '../src/sql/parse.ts';

const history = (...files: readonly Partial<Migration>[]): History => ({
  framework: 'plain-sql',
  root: 'migrations',
  migrations: files.map((file, at) => ({
    id: String(at),
    framework: 'plain-sql',
    file: `migrations/${at}.sql`,
    sql: '',
    changed: false,
    direction: 'up',
    transaction: 'whole-file',
    noTransaction: null,
    unread: [],
    ...file,
  })),
});
const kinds = async (past: string, sql: string, rest: Partial<Migration> = {}, pg = 17): Promise<string[]> => {
  const [analyzed] = await analyzeHistory(history({ sql: past }, { sql, changed: true, ...rest }), {
    pg,
    mode: 'pull-request',
  });
  return (analyzed?.steps ?? []).flatMap(step => step.costs.map(cost => `${cost.kind} ${cost.relation?.name ?? ''}`));
};

describe('parse', () => {
  test('spans are lines of the file, whatever the bytes', async () => {
    const statements = await parse("-- é😀\nselect 'é😀é';\r\n\n/* a\nb */ select 2;\n\nselect\n 3", 'a.sql');
    expect(statements.map(({ sql, span }) => [sql, span.line, span.endLine])).toEqual([
      ["select 'é😀é'", 2, 2],
      ['select 2', 5, 5],
      ['select\n 3', 7, 8],
    ]);
  });

  test('a statement that does not parse loses only itself', async () => {
    const statements = await parse("create table users (id int);\nselct 'a;b';\ndrop table users;", 'a.sql');
    expect(statements.map(({ node, span }) => [node !== null, span.line])).toEqual([
      [true, 1],
      [false, 2],
      [true, 3],
    ]);
  });

  test('a NUL byte is refused: it would hide what follows', async () => {
    await expect(parse('select 1;\n\0drop table users', 'a.sql')).rejects.toThrow('a.sql:2: NUL byte.');
  });
});

describe('transactions', () => {
  const past = 'create table orders (id int, note text);';
  const concurrently = 'create index concurrently on orders (note);';

  test.each([
    ['whole-file', 1, true],
    ['one-message', 1, false],
    ['one-message', 2, true],
    ['pipeline', 1, false],
    ['per-statement', 2, false],
  ] as const)('%s with %i statements refuses CONCURRENTLY: %s', async (transaction, count, refused) => {
    const sql = count === 2 ? `select 1; ${concurrently}` : concurrently;
    expect((await kinds(past, sql, { transaction })).some(kind => kind.startsWith('fail'))).toBe(refused);
  });

  test('what a pull request makes is not yet seen by others, and what it drops is rolled back with it', async () => {
    const [analyzed] = await analyzeHistory(
      history(
        { sql: past },
        {
          sql: 'begin; drop table orders; rollback; alter table orders add x int;',
          changed: true,
          transaction: 'as-written',
        },
      ),
      { pg: 17, mode: 'pull-request' },
    );
    expect(analyzed?.steps.at(-1)?.costs.map(cost => [cost.kind, cost.relation?.age])).toEqual([['lock', 'existing']]);
  });
});

test('statements of a DO block count as run', async () => {
  const block = "do $$ begin execute 'alter table orders alter note type varchar(9)'; end $$;";
  expect(await kinds('create table orders (note text);', block)).toEqual([
    'lock orders',
    'rewrite orders',
    'scan orders',
  ]);
});

test('a server of 16 is asked for the syntax it lacks', async () => {
  const files = history({
    sql: 'create table orders (a int, b int generated always as (a * 2) virtual);',
    changed: true,
  });
  expect((await analyzeHistory(files, { pg: 16, mode: 'pull-request' }))[0]?.blindSpots.map(spot => spot.kind)).toEqual(
    ['syntax'],
  );
  expect((await analyzeHistory(files, { pg: 18, mode: 'pull-request' }))[0]?.blindSpots).toEqual([]);
});

test('an allowance covers its statement, or the file from its top', async () => {
  const sql =
    "-- migration-gate: allow dropped-table: empty since 2.4\n\nselect 1;\n-- migration-gate: allow dropped-column\nselect '-- migration-gate: allow renamed-table: no comment';";
  const found = suppressionComments({ sql, file: 'a.sql' }, await parse(sql, 'a.sql'));
  expect(found.map(({ rule, reason, whole, statement }) => [rule, reason, whole, statement?.line ?? null])).toEqual([
    ['dropped-table', 'empty since 2.4', true, null],
    ['dropped-column', '', false, 5],
  ]);
});

test('all that is wrong with a configuration is said at once, with lines and nearest names', async () => {
  const file = {
    path: '.migration-gate.yml',
    text: 'postgres-versoin: 15\nfail-on: sometimes\nrules:\n  droped-column: off\n',
  };
  const loaded = loadOptions({
    inputs: new Map([['postgres-version', '12']]),
    flags: new Map(),
    file,
    ruleIds: ['dropped-column'],
  });
  await expect(loaded).rejects.toThrow(
    [
      '.migration-gate.yml:1: postgres-versoin: unknown option. Did you mean "postgres-version"?',
      '.migration-gate.yml:2: fail-on: must be one of error, warning, never; got "sometimes".',
      '.migration-gate.yml:3: rules: unknown rule droped-column. Did you mean "dropped-column"?',
      'input postgres-version: must be an integer from 13 to 18; got "12".',
    ].join('\n'),
  );
});

test.each(['return 1;', 'return query select 1;', 'return new;'])('a body with "%s" is read', async end => {
  const past = `create table orders (note text); create function f() returns int language plpgsql as $$ begin truncate orders; ${end} end $$;`;
  expect(await kinds(past, 'select f();')).toContain('lose-data orders');
});
