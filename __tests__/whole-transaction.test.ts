import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadDeparser } from '../src/sql/deparse.ts';
import { loadParser } from '../src/sql/parse.ts';
import { frameworks } from '../src/frameworks/index.ts';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import { file, found, USERS } from './helpers/found.ts';

beforeAll(async () => {
  await Promise.all([loadParser(), loadDeparser()]);
});

describe('what a pull request adds, nobody uses yet', () => {
  test.each([
    ['drops', 'alter table users drop column x;'],
    ['renames', 'alter table users rename column x to y;'],
    ['renames and drops', 'alter table users rename column x to y; alter table users drop column y;'],
  ])('a column of the same pull request: %s', async (_, sql) => {
    const timeout = "set local lock_timeout = '1s';\n";
    const add = 'alter table users add column x int not null default 0;\n';
    expect((await found(USERS, [timeout + add + sql])).at).toEqual([]);
    expect((await found(USERS, [timeout + add, timeout + sql])).at).toEqual([]);
    expect((await found(USERS + add, [timeout + sql])).at).not.toEqual([]);
  });

  test('a column that takes the name of one that was dropped is new; the drop is reported', async () => {
    const sql =
      'alter table users drop column a;\nalter table users add column a int;\nalter table users drop column a;';
    expect((await found(USERS, [sql])).at).toEqual(['1:1 error dropped-column']);
  });

  test('a type', async () => {
    const sql = "create type mood as enum ('a'); alter type mood rename to moods; drop type moods;";
    expect((await found(USERS, [sql])).at).toEqual([]);
  });
});

describe('a swap of names in one transaction leaves the name in place', () => {
  const EV = 'create table ev (id bigint, at date); create table ev_new (id bigint, at date);\n';
  test.each<[string, string, string, string[]]>([
    ['table', EV, 'alter table ev rename to ev_old;\nalter table ev_new rename to ev;', []],
    [
      'table that lacks a column',
      'create table ev (id bigint, at date); create table ev_new (id bigint);',
      'alter table ev rename to ev_old;\nalter table ev_new rename to ev;',
      ['1:1 warning renamed-table'],
    ],
    [
      'table, a view in its place',
      EV,
      'alter table ev rename to events;\ncreate view ev as select id, at from events;',
      [],
    ],
    [
      'table, by way of a third name',
      EV,
      'alter table ev rename to x;\nalter table ev_new rename to ev;\nalter table x rename to ev_new;',
      [],
    ],
    ['table, and back', EV, 'alter table ev rename to x;\nalter table x rename to ev;', []],
    ['column', USERS, 'alter table users rename a to a_old;\nalter table users rename b to a;', []],
    [
      'column of another type',
      USERS,
      'alter table users rename a to a_old;\nalter table users rename c to a;',
      ['1:1 warning renamed-column'],
    ],
    [
      'column, a new one in its place',
      USERS,
      'alter table users rename a to a_old;\nalter table users add a int;',
      ['1:1 warning renamed-column'],
    ],
    [
      'enum',
      "create type plan as enum ('a', 'b'); create table t (p plan);",
      "create type plan_new as enum ('a', 'b', 'c');\nalter type plan rename to plan_old;\nalter type plan_new rename to plan;",
      [],
    ],
  ])('%s', async (_, past, sql, expected) => {
    expect((await found(past, [sql])).at.filter(one => one.includes('renamed'))).toEqual(expected);
  });

  test('in two transactions the name is missing in between', async () => {
    const sql = 'alter table ev rename to ev_old;\nalter table ev_new rename to ev;';
    const { at } = await found(EV, [sql], 'per-statement');
    expect(at).toContain('1:1 error renamed-table');
  });
});

describe('a table that the transaction has emptied', () => {
  const work = 'alter table users alter a type bigint, alter a set not null;\ncreate index on users (a);';
  test.each<[string, string, string[]]>([
    ['costs nothing to rewrite or scan', `truncate users;\n${work}`, ['1:1 error truncated-table']],
    [
      'even where a few rows are written',
      `truncate users;\ninsert into users values (1, 2, 3, 4);\n${work}`,
      ['1:1 error truncated-table'],
    ],
  ])('%s', async (_, sql, expected) => {
    expect((await found(USERS, [sql])).at).toEqual(expected);
  });

  test.each([
    [
      'is filled again',
      `truncate users;\ninsert into users select g, g, g, g from generate_series(1, 100000) g;\n${work}`,
    ],
    ['may not have been emptied', `do $$ begin if now() > '2030-01-01' then truncate users; end if; end $$;\n${work}`],
    ['is one of others', `truncate only users;\nalter table users rename to u;\nalter table t alter a type bigint;`],
  ])('costs what it costs where it %s', async (_, sql) => {
    const { at } = await found(`${USERS}create table t (a int);`, [sql]);
    expect(at.filter(one => one.includes('retyped-column'))).toHaveLength(1);
  });

  test('others may have filled it after the commit', async () => {
    expect((await found(USERS, ['truncate users;', work])).at).toContain('2:1 error retyped-column');
  });
});

describe('all pending files in one transaction', () => {
  const PAIR =
    'create table p (id int primary key); create table c (id int primary key, p int); create index on c (p);';
  const KEY = 'alter table c add constraint k foreign key (p) references p not valid;';
  test.each<[string, string, readonly string[], string]>([
    [
      'NOT VALID and VALIDATE',
      PAIR,
      [KEY, 'alter table c validate constraint k;'],
      '2:1 error validation-in-same-transaction',
    ],
    ['a backfill', PAIR, ['alter table c add x int;', 'update c set x = p;'], '2:1 error backfill-with-schema-change'],
    [
      'a new label',
      "create type s as enum ('a'); create table t (id int primary key, s s);",
      ["alter type s add value 'b';", "insert into t values (1, 'b');"],
      '2:1 error enum-value-used-in-same-transaction',
    ],
  ])('%s', async (_, past, files, expected) => {
    expect((await found(past, files, 'all-files')).at).toContain(expected);
    expect((await found(past, files, 'whole-file')).at).not.toContain(expected);
  });

  test('a file that leaves the transaction ends it', async () => {
    const { at } = await found(PAIR, [KEY, 'commit;\nalter table c validate constraint k;'], 'all-files');
    expect(at.join()).not.toContain('validation-in-same-transaction');
  });

  test('an audit takes each file for a change of its own', async () => {
    const migrations = [PAIR, KEY, 'alter table c validate constraint k;'].map((sql, at) =>
      file(sql, at, 'all-files', true),
    );
    const analyzed = await analyzeHistory(
      { framework: 'drizzle', root: 'drizzle', migrations },
      { pg: 17, mode: 'audit' },
    );
    expect(analyzed[2]?.steps[0]?.heldLocks).toEqual([]);
  });

  test('a file ends with the schema that is committed', async () => {
    const migrations = ["create type s as enum ('a');", "alter type s add value 'b';"].map((sql, at) =>
      file(sql, at, 'all-files', true),
    );
    const analyzed = await analyzeHistory(
      { framework: 'drizzle', root: 'drizzle', migrations },
      { pg: 17, mode: 'pull-request' },
    );
    expect(analyzed[1]?.after.types.get('public.s')).toMatchObject({ age: 'this-pr', labels: ['a', 'b'], fresh: [] });
  });
});

describe('what a tool sends as one message, though it runs a file statement by statement', () => {
  const sent = async (id: string, files: Readonly<Record<string, string>>): Promise<unknown> => {
    const repo = { paths: Object.keys(files).sort(), read: (path: string) => Promise.resolve(files[path] ?? '') };
    const tool = frameworks.find(one => one.id === id);
    const [history] = (await tool?.histories(repo)) ?? [];
    const read = history && (tool?.read ? await tool.read(repo, history) : history);
    return read?.migrations.filter(({ direction }) => direction === 'up').map(({ messages }) => messages);
  };

  test('goose: what stands between StatementBegin and StatementEnd', async () => {
    const text =
      '-- +goose NO TRANSACTION\n-- +goose Up\nselect 1;\n-- +goose StatementBegin\nselect 2;\nselect 3;\n-- +goose StatementEnd\n';
    expect(await sent('goose', { 'sql/1_a.sql': text })).toEqual([[{ line: 4, endLine: 7 }]]);
  });

  test('Liquibase: what another delimiter, or none, leaves together', async () => {
    const file = (attributes: string, sql: string): Record<string, string> => ({
      'db/changelog/1.sql': `--liquibase formatted sql\n--changeset ann:1 runInTransaction:false ${attributes}\n${sql}`,
    });
    expect(await sent('liquibase', file('endDelimiter:/', 'select 1;\nselect 2;\n/\nselect 3;\n/'))).toEqual([
      [
        { line: 2, endLine: 5, pipelined: true },
        { line: 6, endLine: 7, pipelined: true },
      ],
    ]);
    expect(await sent('liquibase', file('splitStatements:false', 'select 1;\nselect 2;'))).toEqual([
      [{ line: 2, endLine: 4, pipelined: true }],
    ]);
    expect(await sent('liquibase', file('', 'select 1;\nselect 2;'))).toEqual([[]]);
  });

  test('TypeORM: the text of one query', async () => {
    const text = [
      'import { MigrationInterface, QueryRunner } from "typeorm";',
      'export class A1700000000000 implements MigrationInterface {',
      '  transaction = false;',
      '  async up(q: QueryRunner) {',
      '    await q.query(`select 1;',
      '      select 2`);',
      '    await q.query("select 3");',
      '  }',
      '}',
    ];
    expect(await sent('typeorm', { 'src/migrations/1700000000000-a.ts': text.join('\n') })).toEqual([
      [
        { line: 5, endLine: 6 },
        { line: 7, endLine: 7 },
      ],
    ]);
  });
});
