import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadDeparser } from '../src/sql/deparse.ts';
import { loadParser } from '../src/sql/parse.ts';
import { found, USERS } from './helpers/found.ts';

beforeAll(async () => {
  await Promise.all([loadParser(), loadDeparser()]);
});

describe('rows that are modified under a lock of the same transaction', () => {
  const add = 'alter table users add column x int;\n';
  const batch = (condition: string): string =>
    `update users set x = a where id in (select id from users where ${condition} limit 1000);`;
  const loop = (body: string): string =>
    `do $$ declare n int; begin loop ${body} get diagnostics n = row_count; exit when n = 0; end loop; end $$;`;

  test.each<[string, string, string[]]>([
    ['every row: an error', `${add}update users set x = a;`, ['1:2 error backfill-with-schema-change']],
    [
      'where the new column is null, which is every row',
      `${add}update users set x = a where x is null;`,
      ['1:2 error backfill-with-schema-change'],
    ],
    [
      'no longer once it was filled',
      `${add}update users set x = 1 where id < 5;\nupdate users set x = a where x is null;`,
      ['1:2 warning backfill-with-schema-change'],
    ],
    ['some rows', `${add}update users set x = a where a > 5;`, ['1:2 warning backfill-with-schema-change']],
    ['one batch', add + batch('x is null'), []],
    [
      'several batches are one change',
      `${add}${batch('a < 5')}\n${batch('a > 5')}`,
      ['1:3 warning backfill-with-schema-change'],
    ],
    ['a loop of batches over every row', add + loop(batch('x is null')), ['1:2 error backfill-with-schema-change']],
    ['a loop of batches over some', add + loop(batch('a > 5')), ['1:2 warning backfill-with-schema-change']],
    [
      'a DO block that takes the lock itself',
      'do $$ begin alter table users add column x int; update users set x = a; end $$;',
      ['1:1 error backfill-with-schema-change'],
    ],
    [
      'a loop that inserts a row for each',
      `${add}do $$ declare r record; begin for r in select id from users loop insert into log values (r.id); end loop; end $$;`,
      ['1:2 warning backfill-with-schema-change'],
    ],
    [
      'under a lock that only blocks writes',
      'create trigger t before insert on users for each row execute function f();\nupdate users set b = 1;',
      ['1:2 warning backfill-with-schema-change'],
    ],
  ])('%s', async (_, sql, expected) => {
    const past = `${USERS}create table log (id bigint); create function f() returns trigger language plpgsql as $$ begin return new; end $$;`;
    const { at } = await found(past, [sql]);
    expect(at.filter(one => one.includes('backfill'))).toEqual(expected);
  });

  test('a loop that commits each batch holds nothing', async () => {
    const sql = loop(`${batch('a is null')} commit;`);
    expect((await found(`${USERS}alter table users add x int;`, [sql], 'per-statement')).at).toEqual([]);
    const without = loop(batch('id is not null'));
    expect((await found(`${USERS}alter table users add x int;`, [without], 'per-statement')).at).toEqual([
      '1:1 warning unbounded-update',
    ]);
  });
});

describe('tables that one transaction makes unusable', () => {
  const TWO = `${USERS}create table orders (id bigint primary key, user_id bigint);`;
  test.each<[string, string, string[]]>([
    ['one', 'alter table users add x int; alter table users add y int;', []],
    ['two', 'alter table users add x int;\nalter table orders add x int;', ['1:1 warning lock-without-timeout']],
    [
      'two, with a timeout',
      "set local lock_timeout = '1s';\nalter table users add x int;\nalter table orders add x int;",
      [],
    ],
    [
      'two, the timeout too late for the second alone',
      "alter table users add x int;\nset local lock_timeout = '1s';\nalter table orders add x int;",
      ['1:2 notice timeout-set-too-late'],
    ],
    [
      'one of them new',
      'create table t (id bigint primary key);\nalter table t add x int;\nalter table users add x int;',
      [],
    ],
  ])('%s', async (_, sql, expected) => {
    expect((await found(TWO, [sql])).at).toEqual(expected);
  });

  test('is said once, with both tables and with the other places', async () => {
    const sql = 'alter table users add x int;\nalter table orders add x int;';
    const { at, said } = await found(TWO, [sql, sql.replaceAll(' x ', ' y ')]);
    expect(at).toEqual(['1:1 warning lock-without-timeout']);
    expect(said).toContain('Keeps ACCESS EXCLUSIVE on users while it waits for orders');
    expect(said).toContain('The same at migrations/2.sql:1.');
  });
});

describe('one finding a cause', () => {
  test.each<[string, string, string, string[]]>([
    ['columns of one ALTER', USERS, 'alter table users drop a, drop b, drop c;', ['1:1 error dropped-column']],
    ['tables of one DROP', 'create table x (); create table y ();', 'drop table x, y;', ['1:1 error dropped-table']],
    [
      'indexes of one transaction',
      `${USERS}create index i on users (a); create index j on users (b);`,
      'drop index i;\ndrop index j;',
      ['1:1 warning blocking-index-drop'],
    ],
    [
      'an index whose table goes, too',
      `${USERS}create index i on users (a);`,
      'drop index i;\ndrop table users;',
      ['1:2 error dropped-table'],
    ],
    [
      'an index whose table is locked for something else',
      `${USERS}create index i on users (a);`,
      'alter table users add x int;\ndrop index i;',
      [],
    ],
    [
      'tables of a transaction that blocks longer',
      `${USERS}create table orders (id bigint primary key);`,
      'alter table users alter a type bigint;\nalter table orders add x int;',
      ['1:1 error retyped-column'],
    ],
    [
      'NOT NULL of several columns',
      USERS,
      'alter table users alter a set not null, alter c set not null;',
      ['1:1 error not-null-scan'],
    ],
    ['CASCADE of a table that nothing depends on', USERS, 'drop table users cascade;', ['1:1 error dropped-table']],
    [
      'CASCADE of one that a view reads',
      `${USERS}create view v as select a from users;`,
      'drop table users cascade;',
      ['1:1 error dropped-table', '1:1 warning cascade-drop'],
    ],
  ])('%s', async (_, past, sql, expected) => {
    expect((await found(past, [sql])).at.sort()).toEqual(expected.sort());
  });
});

describe('what is not certain is not said flatly', () => {
  test.each<[string, string, string[]]>([
    ['a table that no migration made', 'drop table if exists ghosts;', ['1:1 warning dropped-table']],
    ['one that the migrations made', 'drop table if exists users;', ['1:1 error dropped-table']],
    ['one that they have dropped', 'drop table if exists gone;', []],
    ['one that they make', 'create table fresh ();\ndrop table if exists fresh;', []],
  ])('IF EXISTS of %s', async (_, sql, expected) => {
    expect((await found(`${USERS}create table gone (); drop table gone;`, [sql])).at).toEqual(expected);
  });

  test('DELETE that certainly empties a table loses what TRUNCATE loses', async () => {
    for (const where of ['', ' where 1 = 1', ' where id is not null', ' where true'])
      expect((await found(USERS, [`delete from users${where};`])).at).toEqual(['1:1 error unbounded-delete']);
    expect((await found(USERS, ['delete from users where a is not null;'])).at).toEqual([]);
  });

  test('a column that is dropped and added again is advised to change its type', async () => {
    const sql = 'alter table users drop column a;\nalter table users add column a bigint;';
    const { said } = await found(USERS, [sql]);
    expect(said).toContain('Dropping users.a and adding it again deletes its data: every row loses its value.');
  });
});

describe('two files that lock the same tables', () => {
  const THREE = `${USERS}create table orders (id bigint primary key); create table items (id bigint primary key);`;
  const add = (...tables: string[]): string =>
    tables.map((table, nth) => `alter table ${table} add column x${nth} int;`).join('\n');
  test.each<[string, string[][], string | null]>([
    [
      'in the same order',
      [
        ['users', 'orders'],
        ['users', 'orders'],
      ],
      null,
    ],
    [
      'in the opposite order',
      [
        ['users', 'orders'],
        ['orders', 'users'],
      ],
      'migrations/2.sql:1 locks orders before users',
    ],
    [
      'some of them in the opposite order',
      [
        ['users', 'items', 'orders'],
        ['orders', 'users'],
      ],
      'migrations/2.sql:1 locks orders before users',
    ],
    [
      'the third file in the opposite order',
      [
        ['users', 'orders'],
        ['users', 'items'],
        ['orders', 'users'],
      ],
      'migrations/3.sql:1 locks orders before users',
    ],
    [
      'others of them',
      [
        ['users', 'orders'],
        ['orders', 'items'],
      ],
      null,
    ],
  ])('%s', async (_, files, expected) => {
    const { at, said } = await found(
      THREE,
      files.map((tables, nth) => add(...tables).replaceAll(' x', ` x${nth}`)),
    );
    expect(at).toEqual(['1:1 warning lock-without-timeout']);
    expect(said.includes('before')).toBe(expected !== null);
    expect(said).toContain(expected ?? 'The same at');
  });
});
