import { describe, expect, test } from '@jest/globals';
import { emptyCatalog } from '../src/catalog/empty.ts';
import { diffCatalogs } from '../src/diff/diff-catalogs.ts';
import type { ObjectDiff } from '../src/model/schema-diff.ts';
import { replay } from '../rig/ground-truth/predict.ts';

const SHOP = `
create type state as enum ('new', 'paid');
create domain email as text check (value like '%@%');
create table users (id bigserial primary key, mail email not null, name varchar(40) default 'nobody');
create table orders (id bigint primary key, user_id bigint references users on delete cascade, state state, total numeric(10, 2) default 0);
create index orders_user on orders (user_id);
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create view open_orders as select id, total from orders;`;

const lines = (objects: readonly ObjectDiff[]): string[] =>
  objects.flatMap(({ before, after, parts }) => [
    ...(before === after ? [`  ${after}`] : []),
    ...(before !== null && before !== after ? [`- ${before}`] : []),
    ...(after !== null && before !== after ? [`+ ${after}`] : []),
    ...parts.flatMap(part => [
      ...(part.before === null ? [] : [`-   ${part.before}`]),
      ...(part.after === null ? [] : [`+   ${part.after}`]),
    ]),
  ]);

describe('the difference of two schemas', () => {
  const diff = async (sql: string) => {
    const before = await replay(SHOP, emptyCatalog(), 17);
    return lines(diffCatalogs(before, await replay(sql, before, 17)));
  };

  test.each<[string, string[]]>([
    [
      "alter table users add note text not null default '', alter name set default 'anybody'",
      [
        '  table users',
        "-   name varchar(40) default 'nobody'",
        "+   name varchar(40) default 'anybody'",
        "+   note text not null default ''",
      ],
    ],
    [
      'alter table orders alter id type numeric, alter user_id set not null, drop column total',
      [
        '  table orders',
        '-   total numeric(10, 2) default 0',
        '-   id bigint not null',
        '+   id numeric not null',
        '-   user_id bigint',
        '+   user_id bigint not null',
      ],
    ],
    [
      "alter table orders add constraint paid check (state = 'paid') not valid, drop constraint orders_user_id_fkey",
      [
        '  table orders',
        '-   constraint orders_user_id_fkey foreign key (user_id) references users (id) on delete cascade',
        '+   constraint paid check (state in ["paid"]) not valid',
      ],
    ],
    [
      'drop index orders_user; create unique index orders_lower on orders (lower(state::text)) where total > 0',
      ['  table orders', '-   index orders_user (user_id)', '+   unique index orders_lower (expression) where …'],
    ],
    ["alter type state add value 'void'", ['  enum state', "+   'void'"]],
    ['alter domain email set not null', ['- domain email as text', '+ domain email as text not null']],
    [
      'create or replace function touch() returns trigger language plpgsql as $$ begin return old; end $$',
      ['  function touch() returns trigger language plpgsql volatile', '-   body of 1 line', '+   body of 1 line'],
    ],
    [
      'create trigger touched before update on orders for each row execute function touch()',
      ['  table orders', '+   trigger touched on update for each row calls touch'],
    ],
    ['create schema billing; create extension citext', ['+ schema billing', '+ extension citext']],
    [
      'alter table users rename to people',
      [
        '  table orders',
        '-   constraint orders_user_id_fkey foreign key (user_id) references users (id) on delete cascade',
        '+   constraint orders_user_id_fkey foreign key (user_id) references people (id) on delete cascade',
        '- table users',
        '+ table people',
      ],
    ],
    [
      'create or replace view open_orders as select id from orders',
      ['- view open_orders reads orders(id, total)', '+ view open_orders reads orders(id)'],
    ],
    ['alter table orders add x int; alter table orders drop x', []],
    ['create temporary table scratch (id int)', []],
  ])('%s', async (sql, expected) => {
    expect(await diff(sql)).toEqual(expected);
  });
});
