import { beforeAll, describe, expect, test } from '@jest/globals';
import { delimiter } from 'node:path';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { collect } from '../src/migrations/collect.ts';
import { DEFAULTS, type Options } from '../src/config/options.ts';
import type { Report } from '../src/model/report.ts';
import { run } from '../src/run.ts';
import { rollbackSection } from '../src/sql/rollback-section.ts';

type Files = Readonly<Record<string, string>>;
const repoOf = (files: Files): { paths: string[]; read(path: string): Promise<string> } => ({
  paths: Object.keys(files).sort(),
  read: path => Promise.resolve(files[path] ?? ''),
});

const audit = (files: Files, options: Partial<Options> = {}): Promise<Report> =>
  run({ repo: repoOf(files), changed: [], options: { ...DEFAULTS, ...options }, mode: 'audit' });
const RULES = /rollback|reapply$|migration$|irreversible/;
const shown = ({ findings }: Report): string[] =>
  findings.filter(({ rule }) => RULES.test(rule)).map(({ rule, span }) => `${rule} ${span.file}:${span.line}`);

const downs = async (files: Files): Promise<[string, string, number][]> => {
  const { histories } = await collect(repoOf(files), { framework: 'auto', paths: null, changed: new Set(), all: true });
  return histories
    .flatMap(({ migrations }) => migrations)
    .filter(({ direction }) => direction === 'down')
    .map(({ id, file, sql }) => [id, file, sql.split('\n').findIndex(line => line.trim() !== '') + 1]);
};

const PRISMA = 'prisma/migrations/migration_lock.toml';
const users = 'create table users (id bigint primary key, email text);';
const DRIZZLE = 'drizzle/meta/_journal.json';
const JOURNAL = '{"entries":[{"tag":"0000_users"},{"tag":"0001_age"},{"tag":"0002_name"}]}';

describe('the down migration of a tool that has none', () => {
  test('is a file beside the migration in its folder', async () => {
    expect(
      await downs({
        [PRISMA]: '',
        'prisma/migrations/1_users/migration.sql': users,
        'prisma/migrations/1_users/rollback.sql': 'drop table users;',
        'prisma/migrations/2_age/migration.sql': 'alter table users add column age int;',
        'prisma/migrations/2_age/down.sql': 'alter table users drop column age;',
      }),
    ).toEqual([
      ['1_users', 'prisma/migrations/1_users/rollback.sql', 1],
      ['2_age', 'prisma/migrations/2_age/down.sql', 1],
    ]);
  });

  test('is a file of its name in a flat folder, or in a folder below', async () => {
    expect(
      await downs({
        [DRIZZLE]: JOURNAL,
        'drizzle/0000_users.sql': users,
        'drizzle/0000_users.rollback.sql': 'drop table users;',
        'drizzle/0001_age.sql': 'alter table users add column age int;',
        'drizzle/0001_age.down.sql': 'alter table users drop column age;',
        'drizzle/0002_name.sql': 'alter table users add column name text;',
        'drizzle/rollback/0002_name.sql': 'alter table users drop column name;',
        'drizzle/down.sql': 'drop table users;',
      }),
    ).toEqual([
      ['0000_users', 'drizzle/0000_users.rollback.sql', 1],
      ['0001_age', 'drizzle/0001_age.down.sql', 1],
      ['0002_name', 'drizzle/rollback/0002_name.sql', 1],
    ]);
  });

  test('is never a file that the tool runs as a migration', async () => {
    const folder = 'supabase/migrations';
    expect(
      await downs({ [`${folder}/1_users.sql`]: users, [`${folder}/1_users.rollback.sql`]: 'drop table users;' }),
    ).toEqual([]);
  });

  test('is a section of comments, on its own lines', async () => {
    const text = `${users}\n\n-- rollback:\n-- drop table users;\n`;
    expect(await downs({ 'supabase/migrations/1_users.sql': text })).toEqual([
      ['1', 'supabase/migrations/1_users.sql', 4],
    ]);
  });

  test('is not looked for where the tool has one', async () => {
    const files = {
      'db/1_users.up.sql': `${users}\n-- rollback: drop table users cascade;`,
      'db/1_users.down.sql': 'drop table users;',
    };
    expect(await downs(files)).toEqual([['1_users', 'db/1_users.down.sql', 1]]);
  });
});

test.each([
  [
    'ends with the first line that is no comment',
    'select 1;\n-- rollback: drop table a;\n--drop table b;\n\n-- drop table c;',
    'drop table a;\ndrop table b;',
  ],
  [
    'keeps comments of its own',
    '-- Rollback:\n-- -- the index first\n-- drop index a;',
    '-- the index first\ndrop index a;',
  ],
  [
    'keeps what is said to Migration Gate',
    '-- rollback: drop table a;\n-- migration-gate: allow dropped-table: new',
    'drop table a;\n-- migration-gate: allow dropped-table: new',
  ],
  ['is not found inside a string', "select '\n-- rollback: drop table a;\n';", null],
  ['is not found behind a statement', 'select 1; -- rollback: drop table a;', null],
])('a section %s', (_, sql, down) => {
  const section = rollbackSection(sql);
  expect(
    section?.sql
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '')
      .join('\n') ?? null,
  ).toBe(down);
  expect((section?.sql ?? sql).split('\n')).toHaveLength(sql.split('\n').length);
});

describe('without a database', () => {
  test('a declaration needs a reason', async () => {
    const report = await audit({
      'db/1_users.up.sql': `-- migration-gate: irreversible\n${users}`,
      'db/1_users.down.sql': '\n-- migration-gate: irreversible:',
      'db/2_age.up.sql': '-- migration-gate: irreversible: nobody needs it\nalter table users add column age int;',
    });
    expect(shown(report)).toEqual([
      'irreversible-without-reason db/1_users.down.sql:2',
      'irreversible-without-reason db/1_users.up.sql:1',
    ]);
    expect(report.conclusion).toBe('fail');
  });

  test('a section that is not commented out is seen', async () => {
    const report = await audit({ 'supabase/migrations/1_users.sql': `${users}\n-- rollback:\n\ndrop table users;` });
    expect(shown(report)).toEqual(['rollback-section-runs supabase/migrations/1_users.sql:2']);
  });

  test('a down migration is required only where the options say so', async () => {
    const files = {
      'supabase/migrations/1_users.sql': users,
      'supabase/migrations/2_age.sql':
        'alter table users add column age int;\n-- rollback: alter table users drop column age;',
      'supabase/migrations/3_name.sql':
        '-- migration-gate: irreversible: kept\nalter table users add column name text;',
      'supabase/migrations/4_fill.sql': "update users set name = '';",
    };
    expect(shown(await audit(files))).toEqual([]);
    expect(shown(await audit(files, { 'require-rollback': true }))).toEqual([
      'missing-rollback supabase/migrations/1_users.sql:1',
    ]);
  });
});

const VALIDATED: Files = {
  'db/1_users.up.sql': `${users} alter table users add constraint named check (email <> '') not valid;`,
  'db/1_users.down.sql': 'drop table users;',
  'db/2_valid.up.sql': 'alter table users validate constraint named;',
  'db/2_valid.down.sql': 'select 1;',
};

describe('a down migration is read', () => {
  const said = ({ findings }: Report): string[] =>
    findings
      .filter(({ rule }) => RULES.test(rule))
      .map(({ severity, span, message }) => `${severity} ${span.file}:${span.line} ${message}`);

  test('and one that Postgres cannot parse, or refuses whatever the rows, is an error', async () => {
    const report = await audit(
      {
        'db/1_users.up.sql': users,
        'db/1_users.down.sql': '\ndrop tabel users;',
        'db/2_mail.up.sql': 'create index users_email on users (email);',
        'db/2_mail.down.sql': 'select 1;\ndrop index concurrently users_email;',
        'db/3_age.up.sql': 'alter table users add column age int;',
        'db/3_age.down.sql': 'alter table users add constraint age not null age;',
      },
      { 'postgres-version': 16 },
    );
    expect(said(report)).toEqual([
      'error db/1_users.down.sql:2 Postgres 16 rejects the down migration of 1_users: syntax error at or near "tabel".',
      'error db/2_mail.down.sql:2 The down migration of 2_mail fails: DROP INDEX CONCURRENTLY cannot run inside a transaction block (25001).',
      'error db/3_age.down.sql:1 Postgres 16 rejects the down migration of 3_age: syntax error at or near "not".',
    ]);
    expect(report.conclusion).toBe('fail');
  });

  test('and one that leads elsewhere is a warning', async () => {
    const report = await audit({
      'db/1_users.up.sql': `create schema shop;\n${users}\ncreate function shop.total() returns int language sql as 'select 1';`,
      'db/1_users.down.sql': 'drop table users;\ndrop schema shop cascade;',
      'db/2_state.up.sql':
        "create type state as enum ('new');\nalter table users add column state state default 'new', alter column email set not null;",
      'db/2_state.down.sql': 'alter table users drop column state;',
      'db/3_state.up.sql': "alter type state rename value 'new' to 'open';",
      'db/3_state.down.sql': "alter type state rename value 'open' to 'new';",
      'db/4_name.up.sql': 'alter table users rename column email to mail;',
      'db/4_name.down.sql': '-- nothing is lost\nselect 1;',
    });
    expect(said(report)).toEqual([
      'warning db/2_state.down.sql:1 After the down migration of 2_state, column email of users was email text and is email text not null; enum state is left over.',
      'warning db/4_name.down.sql:2 After the down migration of 4_name, column email of users is missing; column mail of users is left over.',
    ]);
  });

  test('and need not take back that a constraint was validated', async () => {
    expect(said(await audit(VALIDATED))).toEqual([]);
  });

  test('and one that depends on rows, or is not understood, is left to a database', async () => {
    const report = await audit({
      'db/1_users.up.sql': users,
      'db/1_users.down.sql':
        "do $$ begin if not exists (select from users) then execute 'drop table users'; end if; end $$;",
      'db/2_age.up.sql':
        'do $$ begin if exists (select from users) then alter table users add age int; end if; end $$;',
      'db/2_age.down.sql': 'alter table users drop column if exists age;',
      'db/3_view.up.sql': 'create view mails as select *, (select count(*) from users) from users;',
      'db/3_view.down.sql': 'drop view mails;',
      'db/4_view.up.sql': 'create or replace view mails as select id, email, 0::bigint as count from users;',
      'db/4_view.down.sql': 'create or replace view mails as select *, (select count(*) from users) from users;',
    });
    expect(said(report)).toEqual([]);
  });
});

describe.each([13, 18])('on Postgres %i', pg => {
  beforeAll(async () => {
    process.env.PATH = `${await postgresBinaries(pg)}${delimiter}${process.env.PATH ?? ''}`;
  }, 120_000);
  const prove = (files: Files, options: Partial<Options> = {}): Promise<Report> =>
    audit(files, { 'postgres-version': pg, database: 'local', ...options });

  test('sections and files beside are verified like any down migration', async () => {
    const folder = 'supabase/migrations';
    const report = await prove({
      [`${folder}/1_users.sql`]: `${users}\n\n-- rollback: drop table users;\n`,
      [`${folder}/2_age.sql`]:
        'alter table users add column age int;\n\n-- rollback:\n-- alter table users\n--   drop column agee;',
      [`${folder}/3_name.sql`]: 'alter table users add column name text; create index on users (name);',
      [`${folder}/rollback/3_name.sql`]: '\ndrop index users_name_idx;',
      [`${folder}/4_note.sql`]: 'alter table users add column note text;',
      [`${folder}/5_last.sql`]: '-- migration-gate: irreversible: kept\nalter table users add column last text;',
      [`${folder}/6_end.sql`]: 'alter table users add column "end" text;\n-- rollback: drop the column by hand',
    });
    expect(shown(report)).toEqual([
      `failing-rollback ${folder}/2_age.sql:4`,
      `incomplete-rollback ${folder}/rollback/3_name.sql:2`,
      `missing-rollback ${folder}/4_note.sql:1`,
    ]);
    const [unproven] = report.blindSpots.filter(({ kind }) => kind === 'unproven');
    expect(unproven).toMatchObject({ span: { file: `${folder}/6_end.sql`, line: 2 } });
    expect(unproven?.because).toContain('is not SQL');
  }, 60_000);

  test('what was predicted is reported once, by the server', async () => {
    const report = await prove({
      'db/1_users.up.sql': users,
      'db/1_users.down.sql': 'drop table userz;',
      'db/2_age.up.sql': 'alter table users add column age int;',
      'db/2_age.down.sql': 'alter table users drop colum age;',
      'db/3_name.up.sql': 'alter table users add column name text;\nupdate pg_index set indisvalid = true;',
      'db/3_name.down.sql': 'alter tabl users drop column name;',
    });
    expect(shown(report).sort()).toEqual([
      'failing-rollback db/1_users.down.sql:1',
      'failing-rollback db/2_age.down.sql:1',
      'failing-rollback db/3_name.down.sql:1',
    ]);
    const saidOf = (file: string): string | undefined =>
      report.findings.find(({ rule, span }) => rule === 'failing-rollback' && span.file === file)?.message;
    expect(saidOf('db/2_age.down.sql')).toContain('42601');
    expect(saidOf('db/3_name.down.sql')).toContain('rejects the down migration');
  }, 60_000);

  test('that a constraint was validated need not be taken back', async () => {
    expect(shown(await prove(VALIDATED))).toEqual([]);
  }, 60_000);

  test('a history without any down migration has no finding, until one is required', async () => {
    const files = { [PRISMA]: '', 'prisma/migrations/1_users/migration.sql': users };
    expect(shown(await prove(files))).toEqual([]);
    expect(shown(await prove(files, { 'require-rollback': true }))).toEqual([
      'missing-rollback prisma/migrations/1_users/migration.sql:1',
    ]);
  }, 60_000);

  test('a change to nothing but the down migration is verified', async () => {
    const files = {
      'db/1_users.up.sql': users,
      'db/1_users.down.sql': 'drop table userz;',
      'db/2_age.up.sql': 'alter table users add column age int;',
      'db/2_age.down.sql': 'select 1;',
    };
    const changed = [{ path: 'db/1_users.down.sql', status: 'modified' }] as const;
    const options = { ...DEFAULTS, 'postgres-version': pg, database: 'local' };
    const report = await run({ repo: repoOf(files), changed, options, mode: 'pull-request' });
    expect(shown(report)).toEqual(['failing-rollback db/1_users.down.sql:1']);
    expect(report.notes).toEqual(['Only down migrations changed: verifying them requires a database.']);
  }, 60_000);
});
