import { beforeAll, describe, expect, test } from '@jest/globals';
import { emptyCatalog } from '../src/catalog/empty.ts';
import { markIncomplete } from '../src/catalog/edit.ts';
import { decide } from '../src/effects/conditions/decide.ts';
import type { Catalog } from '../src/model/schema.ts';
import { loadParser } from '../src/sql/parse.ts';
import { replay } from '../rig/ground-truth/predict.ts';

const SHOP = `
  create schema billing;
  create type state as enum ('new', 'paid');
  create table users (id int primary key, email text not null);
  create table billing.invoices (id int, user_id int references users, state state);
  create index invoices_user on billing.invoices (user_id);`;

describe('what a condition comes to', () => {
  let shop: Catalog;
  beforeAll(async () => {
    await loadParser();
    shop = await replay(SHOP, emptyCatalog(), 17);
  });
  const asked = (sql: string, catalog = shop, pg = 17): boolean | null =>
    decide({ sql, bound: new Map([['wanted', 'users']]) }, { catalog, settings: new Map(), pg });

  test.each([
    ["to_regclass('users') is not null", true],
    ["to_regclass('billing.invoices') is null", false],
    ["to_regclass('visits') is null", true],
    ["to_regclass('invoices_user') is null", true],
    ["(select to_regclass('billing.invoices_user') is not null)", true],
    ['exists (select from pg_tables where tablename = wanted)', true],
    ["exists (select from pg_tables where tablename in ('users', 'visits') and schemaname = 'billing')", false],
    [
      "not exists (select 1 from information_schema.columns where table_name = 'users' and column_name = 'email')",
      false,
    ],
    [
      "exists (select 1 from pg_type where typname = 'state') and not exists (select 1 from pg_type where typname = 'mood')",
      true,
    ],
    ["exists (select 1 from pg_constraint where contype = 'f' and confrelid = 'public.users'::regclass)", true],
    [
      "exists (select 1 from pg_class c, pg_index i where i.indexrelid = c.oid and c.relname like 'invoices\\_%')",
      true,
    ],
    ["current_setting('server_version_num')::int >= 150000", true],
    ["current_setting('server_version_num')::int < 140000", false],
    ["current_setting('server_version_num')::int >= 170004", null],
  ])('%s is %s', (sql, answer) => {
    expect(asked(sql)).toBe(answer);
  });

  test.each([
    [
      'a schema that no migration makes',
      "exists (select from pg_tables where schemaname = 'realtime' and tablename = 'messages')",
    ],
    ['a relation in such a schema', "to_regclass('realtime.messages') is not null"],
    ['the rows of a table', "exists (select from users where email = 'a')"],
    [
      'a table that is called like a view of the information schema',
      "exists (select from tables where table_name = 'users')",
    ],
    ['a function that Postgres may have', "exists (select from pg_proc where proname = 'gen_random_uuid')"],
    ['extensions, which others install', "exists (select from pg_extension where extname = 'pg_cron')"],
    ['a column that is not modelled', "exists (select from pg_tables where tableowner = 'shop')"],
    ['a variable', 'found'],
  ])('nobody knows it of %s', (_, sql) => {
    expect(asked(sql)).toBeNull();
  });

  test('where something may be unseen, only what is there is known', () => {
    const partial = markIncomplete(shop, 'a DO block');
    expect(asked("exists (select from pg_tables where tablename = 'users')", partial)).toBe(true);
    expect(asked("exists (select from pg_tables where tablename = 'visits')", partial)).toBeNull();
    expect(asked("to_regclass('visits') is null", partial)).toBeNull();
  });
});
