import { beforeAll, describe, expect, test } from '@jest/globals';
import { delimiter } from 'node:path';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { DEFAULTS } from '../src/config/options.ts';
import type { Report } from '../src/model/report.ts';
import { run } from '../src/run.ts';
import { isGuarded } from '../src/sql/idempotent.ts';
import { parse } from '../src/sql/parse.ts';

const prove = (pg: number, files: Readonly<Record<string, string>>): Promise<Report> =>
  run({
    repo: { paths: Object.keys(files).sort(), read: path => Promise.resolve(files[path] ?? '') },
    changed: [],
    options: { ...DEFAULTS, 'postgres-version': pg, database: 'local' },
    mode: 'audit',
  });
const shown = ({ findings }: Report): string[] =>
  findings
    .filter(({ rule }) => rule === 'not-idempotent' || rule === 'failing-migration')
    .map(({ span, message }) => `${span.file}:${span.line} ${message}`);

const users = 'create table users (id bigint primary key, email text);';

test.each([
  ['create table if not exists users (id int); create index if not exists i on users (id);', true],
  ['set lock_timeout = 1; begin; drop table if exists users; commit;', true],
  ['alter table users add column if not exists age int, drop column if exists name;', true],
  ["insert into users values (1) on conflict do nothing; comment on table users is 'people';", true],
  ['create or replace view v as select 1;', true],
  ['create table if not exists users (id int); create index i on users (id);', false],
  ['alter table if exists users add column age int;', false],
  ['alter table users add column if not exists age int, alter age set not null;', false],
  ['insert into users values (1);', false],
  ['do $$ begin end $$;', false],
  ['create table if not exists users (id int); nonsense;', false],
  ['set lock_timeout = 1;', false],
  ['', false],
])('%s claims to bear being run again: %p', async (sql, claims) => {
  expect(isGuarded(await parse(sql, 'users.sql'))).toBe(claims);
});

describe.each([13, 18])('on Postgres %i', pg => {
  beforeAll(async () => {
    process.env.PATH = `${await postgresBinaries(pg)}${delimiter}${process.env.PATH ?? ''}`;
  }, 120_000);

  test('what keeps its claim is not mentioned, nor is what claims nothing', async () => {
    const report = await prove(pg, {
      'db/1_users.up.sql': users,
      'db/2_age.up.sql':
        'alter table users add column if not exists age int; create unique index if not exists u on users (email);',
      'db/3_seed.up.sql': "insert into users values (1, 'ann@example.com') on conflict do nothing;",
      'db/4_index.up.sql': 'create index concurrently if not exists users_age on users (age);',
      'db/5_name.up.sql': 'alter table users add column name text;',
      'db/6_note.up.sql': `-- migration-gate: idempotent\nbegin; do $$ begin alter table users add column note text; exception when duplicate_column then null; end $$; commit;`,
    });
    expect(shown(report)).toEqual([]);
  }, 60_000);

  test('a failure, a schema that changes again and rows that come again are told apart', async () => {
    const report = await prove(pg, {
      'db/1_users.up.sql': users,
      'db/2_age.up.sql':
        '-- migration-gate: idempotent\nalter table users add column if not exists age int;\nalter table users add check (age > 0);',
      'db/3_seed.up.sql':
        '-- migration-gate: idempotent\ncreate table if not exists roles (name text);\ninsert into roles values (1) on conflict do nothing;',
      'db/4_name.up.sql': '-- migration-gate: idempotent\n\nalter table users\n  add column name text;',
      'db/5_index.up.sql': '-- migration-gate: idempotent\ncreate index concurrently on users (age);',
    });
    const declared = 'is declared idempotent, but';
    expect(shown(report)).toEqual([
      `db/2_age.up.sql:2 2_age ${declared} makes further changes when applied a second time: constraint public.users.users_age_check1 is left over.`,
      `db/3_seed.up.sql:2 3_seed ${declared} makes further changes when applied a second time: public.roles had 1 rows and now has 2.`,
      `db/4_name.up.sql:3 4_name ${declared} fails when applied a second time: column "name" of relation "users" already exists (42701).`,
      `db/5_index.up.sql:2 5_index ${declared} makes further changes when applied a second time: index public.users_age_idx1 is left over.`,
    ]);
  }, 60_000);

  test('a repeatable migration claims it, and leaves the database as it was', async () => {
    const report = await prove(pg, {
      'db/migration/V1__users.sql': users,
      'db/migration/R__emails.sql': 'create or replace view emails as select email from users;',
      'db/migration/R__roles.sql': 'create table roles (name text);',
    });
    expect(shown(report)).toEqual([
      `db/migration/R__roles.sql:1 R__roles is rerun by its tool whenever it changes, but fails when applied a second time: relation "roles" already exists (42P07).`,
    ]);
  }, 60_000);
});
