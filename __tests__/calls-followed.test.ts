import { beforeAll, describe, expect, test } from '@jest/globals';
import { check } from '../src/findings/check.ts';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import type { Migration } from '../src/model/source.ts';
import { rules } from '../src/rules/index.ts';
import { loadDeparser } from '../src/sql/deparse.ts';
import { loadParser } from '../src/sql/parse.ts';

const GIVEN = `
  create table orders (id bigint primary key, total int, updated_at timestamptz);
  create table orders_log (id bigint, op text);
  create table z (a int, b int);`;

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

const LOST = new Set(['truncated-table', 'unbounded-delete', 'unbounded-update', 'dropped-table', 'failing-statement']);

/** Findings about rows, and the reasons of what could not be read. */
async function found({ given = '', sql }: { given?: string; sql: string }): Promise<string[]> {
  const migrations = [migration(GIVEN + given, false), migration(sql, true)];
  const history = { framework: 'plain-sql', root: 'migrations', migrations };
  const [analyzed] = await analyzeHistory(history, { pg: 15, mode: 'pull-request' });
  const findings = check(rules, analyzed?.steps ?? []).flatMap(({ rule }) => (LOST.has(rule.id) ? [rule.id] : []));
  return [...new Set([...findings, ...(analyzed?.blindSpots ?? []).map(({ because }) => because)])];
}

beforeAll(async () => {
  await loadParser();
  await loadDeparser();
});

const fn = (name: string, body: string, returns = 'int', args = ''): string =>
  `create function ${name}(${args}) returns ${returns} language plpgsql as $f$ begin ${body} end $f$;`;
const TRUNCATE = fn('f', 'truncate orders; return 1;');
const on = (table: string, event: string, name = 'f'): string =>
  `create trigger t ${event} on ${table} for each row execute function ${name}();`;

describe('what is not called does nothing, and what only reads is silent', () => {
  test.each([
    ['a function', TRUNCATE],
    ['a trigger', `${fn('f', 'truncate orders; return new;', 'trigger')} ${on('z', 'before insert')}`],
    ['a view', `${TRUNCATE} create view v as select f();`],
    ['a materialized view without data', `${TRUNCATE} create materialized view v as select f() with no data;`],
    ['a default', `${TRUNCATE} alter table z alter column a set default f();`],
    ['a default that is given', `${TRUNCATE} create table y (i int default f()); insert into y (i) values (1);`],
    [
      'a check that is not valid',
      `${fn('f', 'truncate orders; return true;', 'bool')} alter table z add check (f()) not valid;`,
    ],
    [
      'a trigger for another event',
      `${fn('f', 'truncate orders; return new;', 'trigger')} ${on('z', 'before insert')} update z set b = 1 where a = 1;`,
    ],
    [
      'a trigger that is off',
      `${fn('f', 'truncate orders; return new;', 'trigger')} ${on('z', 'before insert')} alter table z disable trigger t; insert into z values (1);`,
    ],
    [
      'updated_at',
      `${fn('f', 'new.updated_at = now(); return new;', 'trigger')} ${on('orders', 'before update')} update orders set total = 1 where id = 1;`,
    ],
    [
      'a log',
      `${fn('f', 'insert into orders_log values (new.id, tg_op); return new;', 'trigger')} ${on('orders', 'after update')} update orders set total = 1 where id = 1;`,
    ],
    [
      'a log of the table’s name',
      `${fn('f', "execute format('insert into %I (op) values (%L)', tg_table_name || '_log', tg_op); return new;", 'trigger')} ${on('orders', 'after update')} update orders set total = 1 where id = 1;`,
    ],
    [
      'a branch for another event',
      `${fn('f', "if tg_op = 'DELETE' then truncate orders_log; end if; return new;", 'trigger')} ${on('orders', 'after update or delete')} update orders set total = 1 where id = 1;`,
    ],
    ['a check that reads', `${fn('f', 'return exists (select from orders);', 'bool')} alter table z add check (f());`],
    ['a function in Python', "create function f() returns int language plpython3u as 'plpy.execute(1)';"],
    [
      'a function of the server under another name',
      "create function f(text) returns text language internal as 'lower'; select f('A');",
    ],
    [
      'an operator in C',
      "create type c; create function eq(c, c) returns bool language c as 'lib', 'eq'; create operator = (function = eq, leftarg = c, rightarg = c); select 1 from z where a = 1;",
    ],
    [
      'an event trigger that notifies',
      `${fn('f', "notify pgrst, 'reload';", 'event_trigger')} create event trigger e on ddl_command_end execute function f(); create table y (id bigint primary key);`,
    ],
    [
      'an event trigger for another tag',
      `${fn('f', 'truncate orders;', 'event_trigger')} create event trigger e on ddl_command_end when tag in ('CREATE VIEW') execute function f(); create table y (id bigint primary key);`,
    ],
    [
      'an event trigger that is off',
      `${fn('f', 'truncate orders;', 'event_trigger')} create event trigger e on ddl_command_end execute function f(); alter event trigger e disable; create table y (id bigint primary key);`,
    ],
    [
      'an event trigger that is gone',
      `${fn('f', 'truncate orders;', 'event_trigger')} create event trigger e on ddl_command_end execute function f(); drop event trigger e; create table y (id bigint primary key);`,
    ],
    [
      'a rule that is gone',
      'create rule r as on insert to z do also delete from orders; drop rule r on z; insert into z values (1);',
    ],
    [
      'a function that was replaced',
      `${TRUNCATE} create or replace function f() returns int language sql as 'select 1'; select f();`,
    ],
    ['ts_rewrite without a text', "select ts_rewrite('a'::tsquery, 'a'::tsquery, 'b'::tsquery);"],
  ])('%s', async (_, sql) => {
    expect(await found({ sql })).toEqual([]);
  });
});

const DYNAMIC = 'EXECUTE of SQL built at run time';

describe('what is not followed is said', () => {
  const links = (count: number, times = 1): string =>
    Array.from({ length: count }, (_, n) =>
      fn(`f${n}`, `${`perform f${n - 1}();`.repeat(n === 0 ? 0 : times)} return 1;`),
    ).join(' ');
  test.each<[string, string, string | RegExp]>([
    [
      'another language',
      "create function f() returns int language plpython3u as 'plpy.execute(1)'; select f();",
      'public.f() is written in plpython3u, which is not analyzed',
    ],
    [
      'another language in a default',
      "create function f() returns int language plv8 as '1'; create table y (i int default f()); insert into y default values;",
      'public.f() is written in plv8, which is not analyzed',
    ],
    [
      'another language in a trigger',
      `create function f() returns trigger language plperl as '1'; ${on('z', 'before insert')} insert into z values (1);`,
      'public.f() is written in plperl, which is not analyzed',
    ],
    [
      'a C function behind an operator',
      "create function f(int, int) returns int language c as 'lib'; create operator @@@@ (function = f, leftarg = int, rightarg = int); select 1 @@@@ 2;",
      'public.f() is written in c, which is not analyzed',
    ],
    [
      'EXECUTE in a check',
      `${fn('f', 'execute x; return true;', 'bool', 'x text')} create table y (i text check (f(i))); insert into y values ('a');`,
      DYNAMIC,
    ],
    ['a long chain', `${links(60)} select f59();`, /levels deep$/],
    ['a chain that doubles', `${links(30, 2)} select f29();`, /calls more than \d+ functions/],
    [
      'an event trigger',
      `${fn('f', 'execute (select x from z);', 'event_trigger')} create event trigger e on ddl_command_end execute function f(); create table y (id bigint primary key);`,
      DYNAMIC,
    ],
    ['a handler of one’s own', 'create language l handler h;', 'CREATE LANGUAGE l has a custom handler'],
    ['another connection', "select dblink_exec('dbname=a', 'drop table orders');", /dblink_exec\(\)/],
    ['views of a schema', "select schema_to_xml('public', true, true, '');", /schema_to_xml\(\)/],
    ['a text that is put together', "select query_to_xml((select x from z), true, true, '');", /built (when|at)/],
  ])('%s', async (_, sql, because) => {
    const reasons = await found({ sql });
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(because);
  });
});

describe('what a call hands over decides what is run', () => {
  test.each([
    ['a text', `${fn('f', 'execute s; return 1;', 'int', 's text')} select f('truncate orders');`, 'truncated-table'],
    [
      'a text by name',
      `${fn('f', 'execute s; return 1;', 'int', 'a int, s text')} select f(s => 'truncate orders', a => 1);`,
      'truncated-table',
    ],
    [
      'a text that is joined',
      `${fn('f', 'execute s; return 1;', 'int', 's text')} select f('trunc' || 'ate orders');`,
      'truncated-table',
    ],
    [
      'a text of characters',
      "do $$ begin execute chr(116) || reverse('etacnur') || concat(' or', 'ders'); end $$;",
      'truncated-table',
    ],
    [
      'a recursion with another text',
      `${fn('f', "if s = '' then perform f('truncate orders'); else execute s; end if; return 1;", 'int', 's text')} select f('');`,
      'truncated-table',
    ],
    [
      'an argument of a trigger',
      `${fn('f', "execute 'truncate ' || tg_argv[0]; return new;", 'trigger')} create trigger t before insert on z for each row execute function f('orders'); insert into z values (1);`,
      'truncated-table',
    ],
    [
      'a trigger that deletes',
      `${fn('f', 'delete from orders; return new;', 'trigger')} ${on('z', 'before insert')} insert into z values (1);`,
      'unbounded-delete',
    ],
  ])('%s', async (_, sql, rule) => {
    expect(await found({ sql })).toContain(rule);
  });
});

test('a body of one trigger is read once for many rows of a history', async () => {
  const rows = Array.from({ length: 3000 }, (_, n) => `insert into z values (${n});`).join('\n');
  const begun = performance.now();
  await found({
    given: `${fn('f', 'insert into orders_log values (1, tg_op); return new;', 'trigger')} ${on('z', 'before insert')} ${rows}`,
    sql: 'select 1',
  });
  expect(performance.now() - begun).toBeLessThan(5000);
});
