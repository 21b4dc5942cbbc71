import { afterEach, describe, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import type { Report } from '../src/model/report.ts';
import { runCli } from './helpers/run-cli.ts';
import { GitRepo } from './helpers/git-repo.ts';

type Files = Readonly<Record<string, string>>;

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function report(before: Files, after: Files, args: readonly string[] = []): Report & { readonly code: number | null } {
  const repo = new GitRepo();
  made.push(repo.root);
  repo.commit({ 'README.md': 'shop', ...before }, 'before');
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit(after, 'after');
  const { code, stdout, stderr } = runCli(repo.root, ['check', '--format', 'json', ...args]);
  if (code === 2) throw new Error(stderr);
  return { ...(JSON.parse(stdout) as Report), code };
}

const errors = ({ findings }: Report): string[] =>
  findings.filter(({ severity }) => severity === 'error').map(({ rule, span }) => `${rule} ${span.file}`);
const because = ({ blindSpots }: Report): string => blindSpots.map(one => one.because).join('\n');
const tools = ({ migrations }: Report): string[] => migrations.map(({ framework, id }) => `${framework} ${id}`);

const USERS = 'create table users (id bigint primary key, email text);\n';
const DROP = 'drop table users;\n';

/** A DROP where the other tool has its down migration. */
const MARKED = {
  'sql-migrate': `-- +migrate Up\nselect 1;\n-- +migrate Down\n${DROP}`,
  goose: `-- +goose Up\nselect 1;\n-- +goose Down\n${DROP}`,
  dbmate: `-- migrate:up\nselect 1;\n-- migrate:down\n${DROP}`,
  tern: `select 1;\n---- create above / drop below ----\n${DROP}`,
  'MyBatis Migrations': `select 1;\n-- //@UNDO\n${DROP}`,
  'node-pg-migrate': `-- Up Migration\nselect 1;\n-- Down Migration\n${DROP}`,
} as const;

describe('the markers of another tool in one file do not hide what runs', () => {
  const homes: readonly (readonly [string, Files, (text: string) => Files, string])[] = [
    ['Flyway', { 'db/migration/V1__users.sql': USERS }, text => ({ 'db/migration/V2__x.sql': text }), 'Flyway'],
    [
      'Flyway, in a new subfolder',
      { 'db/migration/V1__users.sql': USERS },
      text => ({ 'db/migration/2025/V2__x.sql': text }),
      'Flyway',
    ],
    ['golang-migrate', { 'db/1_users.up.sql': USERS }, text => ({ 'db/2_x.up.sql': text }), 'golang-migrate'],
    ['plain SQL', { 'migrations/001_users.sql': USERS }, text => ({ 'migrations/002_x.sql': text }), 'Plain SQL files'],
    [
      'sqlx',
      { 'Cargo.toml': '', 'migrations/1_users.sql': USERS },
      text => ({ 'migrations/2_x.sql': text }),
      'sqlx (Rust)',
    ],
    [
      'Supabase',
      { 'supabase/migrations/1_users.sql': USERS },
      text => ({ 'supabase/migrations/2_x.sql': text }),
      'Supabase CLI',
    ],
    [
      'Atlas',
      { 'migrations/atlas.sum': 'h1:', 'migrations/1_users.sql': USERS },
      text => ({ 'migrations/2_x.sql': text }),
      'Atlas',
    ],
  ];
  const cases = homes.flatMap(([home, before, after, title]) =>
    Object.entries(MARKED).map(([other, text]) => [other, home, before, after(text), title] as const),
  );

  test.each(cases)('%s in a folder of %s', (other, _, before, after, title) => {
    const found = report(before, after);
    const [file = ''] = Object.keys(after);
    expect(found.code).toBe(1);
    expect(errors(found)).toEqual([`dropped-table ${file}`]);
    // The name of `.up.sql` says enough, and goose and its like do not take names like `V2__x.sql`.
    const isSure = file.endsWith('.up.sql') || (other === 'node-pg-migrate' && title === 'Flyway');
    expect(because(found)).toContain(
      isSure ? '' : `The directory is read as ${title}, but the file contains markers of ${other}`,
    );
  });

  test.each([
    ['sql-migrate', 'migrations/1_a.sql', 'migrations/2_b.sql', MARKED['sql-migrate']],
    ['goose', 'db/1_a.sql', 'db/2_b.sql', MARKED.goose],
    ['dbmate', 'db/migrations/1_a.sql', 'db/migrations/2_b.sql', MARKED.dbmate],
    ['tern', 'migrations/001_a.sql', 'migrations/002_b.sql', MARKED.tern],
    ['mybatis', 'scripts/1_a.sql', 'scripts/2_b.sql', MARKED['MyBatis Migrations']],
  ])('%s in its own folder is believed, from the first file on', (tool, first, second, text) => {
    for (const before of [{}, { [first]: text }] as const) {
      const found = report(before, { [second]: text });
      expect([found.code, because(found)]).toEqual([0, '']);
      expect(tools(found).every(one => one.startsWith(`${tool} `))).toBe(true);
    }
  });

  test('a file without its folder’s markers is not run by the tool, and is judged as if it ran', () => {
    const found = report(
      { 'db/migrations/1_users.sql': `-- migrate:up\n${USERS}-- migrate:down\n${DROP}` },
      { 'db/migrations/2_x.sql': DROP },
    );
    expect(errors(found)).toEqual(['dropped-table db/migrations/2_x.sql']);
    expect(because(found)).toContain('The directory belongs to dbmate');
  });

  test('the tool that is named is believed', () => {
    const found = report({ 'migrations/001_users.sql': USERS }, { 'migrations/002_x.sql': MARKED.goose }, [
      '--framework',
      'goose',
    ]);
    expect([found.code, tools(found)]).toEqual([0, ['goose 002']]);
  });
});

describe('another database', () => {
  const PRISMA = {
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"',
    'prisma/migrations/1_users/migration.sql': USERS,
  };
  test.each<[string, Files, Files]>([
    ['the folder of a Prisma migration', PRISMA, { 'prisma/migrations/2_move_to_clickhouse/migration.sql': DROP }],
    [
      'the folder of a Diesel migration',
      { 'diesel.toml': '', 'migrations/2024-01-01-000000_users/up.sql': USERS },
      { 'migrations/2024-01-02-000000_from-mysql/up.sql': DROP },
    ],
    ['the name of a file', { 'migrations/001_users.sql': USERS }, { 'migrations/002_oracle.sql': DROP }],
    ['a suffix that stands alone', { 'db/1_users.up.sql': USERS }, { 'db/2_x.mysql.up.sql': DROP }],
    [
      'a suffix beside one that came with it',
      { 'db/1_users.up.sql': USERS },
      { 'db/2_x.mysql.up.sql': DROP, 'db/2_x.sqlite.up.sql': 'select 1;' },
    ],
    [
      'a new folder below the migrations',
      { 'db/migration/V1__users.sql': USERS },
      { 'db/migration/h2/V2__x.sql': DROP },
    ],
    [
      'a new folder with words below them',
      { 'db/migration/V1__users.sql': USERS },
      { 'db/migration/old-mysql/V2__x.sql': DROP },
    ],
    [
      'a lock file that says so since now',
      PRISMA,
      { 'prisma/migrations/migration_lock.toml': 'provider = "mysql"', 'prisma/migrations/2_x/migration.sql': DROP },
    ],
  ])('%s does not say so', (_, before, after) => {
    const found = report(before, after);
    expect(found.code).toBe(1);
    expect([...errors(found), because(found)].join()).toMatch(/dropped-table|no migration tool runs it/);
    // Two files of one version are a fault of their own.
    const own = errors(found).filter(error => !error.startsWith('duplicate-version'));
    expect(own).toEqual([`dropped-table ${Object.keys(after).find(file => file.endsWith('sql'))}`]);
  });

  test.each<[string, Files, Files, string]>([
    [
      'a folder above them',
      { 'mysql-store/migrations/001_a.sql': 'select 1;' },
      { 'mysql-store/migrations/002_b.sql': 'select `x`;' },
      '1 file was not checked, as SQL for another database: by the directory mysql-store (.).',
    ],
    [
      'a folder beside one for Postgres',
      { 'migrations/postgres/001_a.sql': USERS, 'migrations/mysql/001_a.sql': USERS },
      { 'migrations/mysql/002_b.sql': 'select `x`;', 'migrations/mysql/003_c.sql': '' },
      '2 files were not checked, as SQL for another database: by the directory mysql (migrations).',
    ],
    [
      'a suffix beside another',
      { 'db/1_a.mysql.up.sql': '', 'db/1_a.postgres.up.sql': USERS },
      { 'db/2_b.mysql.up.sql': 'select `x`;', 'db/2_b.postgres.up.sql': 'select 1;' },
      'by the suffix .mysql (db).',
    ],
    [
      'a lock file',
      { ...PRISMA, 'prisma/migrations/migration_lock.toml': 'provider = "mysql"' },
      { 'prisma/migrations/2_b/migration.sql': 'select `x`;' },
      'Prisma Migrate declares mysql (prisma/migrations).',
    ],
    [
      'a journal',
      {
        'drizzle/meta/_journal.json': '{"dialect":"sqlite","entries":[{"tag":"0_a"}]}',
        'drizzle/0_a.sql': 'select `x`;',
      },
      {
        'drizzle/meta/_journal.json': '{"dialect":"sqlite","entries":[{"tag":"0_a"},{"tag":"1_b"}]}',
        'drizzle/1_b.sql': 'select `x`;',
      },
      'Drizzle Kit declares sqlite (drizzle).',
    ],
    [
      'the texts of most migrations',
      {
        'db/1_a.up.sql': 'create table `a` (id int auto_increment);',
        'db/2_b.up.sql': 'alter table `a` add `b` int unsigned;',
      },
      { 'db/3_c.up.sql': 'alter table `a` drop `b`;' },
      'most of its files are not SQL for Postgres (db).',
    ],
  ])('%s says so, and the report does', (_, before, after, said) => {
    const found = report(before, after);
    expect(found.notes.join('\n')).toContain(said);
    expect(found.notes.join('\n')).toContain('to `paths`');
    expect([found.code, found.blindSpots]).toEqual([0, []]);
  });

  test('one text that Postgres refuses among those that it takes is no other database', () => {
    const found = report(
      { 'db/1_a.up.sql': USERS, 'db/2_b.up.sql': 'select 1;' },
      { 'db/3_c.up.sql': 'alter table `users` drop `email`;' },
    );
    expect([found.code, found.blindSpots.map(({ kind }) => kind)]).toEqual([1, ['syntax']]);
  });

  test('the options say otherwise', () => {
    const files = { 'mysql-store/migrations/001_a.sql': USERS };
    expect(errors(report(files, { 'mysql-store/migrations/002_b.sql': DROP }, ['mysql-store/migrations']))).toEqual([
      'dropped-table mysql-store/migrations/002_b.sql',
    ]);
  });
});

describe('layouts', () => {
  const JOURNAL = '{"dialect":"postgresql","entries":[{"tag":"0000_users"}]}';
  const DRIZZLE = { 'drizzle/meta/_journal.json': JOURNAL, 'drizzle/0000_users.sql': USERS };

  test.each<[string, Files, Files, readonly string[]]>([
    [
      'drizzle-kit 1.0',
      { 'drizzle/20260101000000_users/migration.sql': USERS, 'drizzle/20260101000000_users/snapshot.json': '{}' },
      { 'drizzle/20260102000000_x/migration.sql': DROP, 'drizzle/20260102000000_x/snapshot.json': '{}' },
      ['drizzle 20260102000000_x'],
    ],
    [
      'Prisma 7',
      {
        'prisma.config.ts': "export default { migrations: { path: 'db/steps' } }",
        'db/steps/1_users/migration.sql': USERS,
      },
      { 'db/steps/2_x/migration.sql': DROP },
      ['prisma 2_x'],
    ],
    [
      'node-pg-migrate without marks',
      { 'package.json': '{"dependencies":{"node-pg-migrate":"8"}}', 'migrations/1_users.sql': USERS },
      { 'migrations/2_x.sql': DROP },
      ['node-pg-migrate 2_x'],
    ],
    [
      'a folder of Diesel with a space',
      { 'diesel.toml': '', 'migrations/2024-01-01-000000_users/up.sql': USERS },
      { 'migrations/2024-01-02-000000_drop users/up.sql': DROP },
      ['diesel 20240102000000'],
    ],
    [
      'golang-migrate with another ending',
      { 'db/1_users.up.sql': USERS },
      { 'db/2_x.up.txt': DROP },
      ['golang-migrate 2_x'],
    ],
    [
      'golang-migrate with another case',
      { 'db/1_users.up.sql': USERS },
      { 'db/2_x.up.SQL': DROP },
      ['golang-migrate 2_x'],
    ],
  ])('%s', (_, before, after, ids) => {
    const found = report(before, after);
    expect(tools(found)).toEqual(ids);
    expect(errors(found)).toEqual([`dropped-table ${Object.keys(after)[0]}`]);
  });

  test('x.up.sql and x.sql in one folder are one history', () => {
    const found = report(
      { 'migrations/1_users.sql': USERS, 'migrations/2_a.up.sql': 'select 1;' },
      { 'migrations/3_x.up.sql': DROP },
    );
    expect(errors(found)).toEqual(['dropped-table migrations/3_x.up.sql']);
    expect(found.notes.join()).not.toContain('not created in the migrations');
  });

  test('a file that the journal does not list is judged, and a blind spot', () => {
    const found = report(DRIZZLE, { 'drizzle/0001_x.sql': DROP });
    expect(errors(found)).toEqual(['dropped-table drizzle/0001_x.sql']);
    expect(because(found)).toContain(
      'Drizzle Kit only runs files listed in meta/_journal.json, and this file is not listed.',
    );
  });

  test('a journal that is broken is an error with its line', () => {
    expect(() => report(DRIZZLE, { 'drizzle/meta/_journal.json': '{\n"entries": [\n<<<<<<< HEAD\n' })).toThrow(
      'drizzle/meta/_journal.json:3: not valid JSON',
    );
  });

  test('a down migration that reverses nothing is a migration', () => {
    const found = report({ 'migrations/001_users.sql': USERS }, { 'migrations/002_rollback.sql': DROP });
    expect(errors(found)).toEqual(['dropped-table migrations/002_rollback.sql']);
    expect(found.notes.join()).toContain('002_rollback.sql is named like a down migration');
  });

  test.each([['migrations/001_users.down.sql'], ['migrations/001_rollback.sql'], ['migrations/down/001_users.sql']])(
    'one that takes a migration back is none: %s',
    file => {
      const found = report({ 'migrations/001_users.sql': USERS }, { [file]: DROP });
      expect([found.code, errors(found)]).toEqual([0, []]);
    },
  );
});

describe('programs', () => {
  const SAID = {
    'migrations/20240101000000-users.js':
      "module.exports = { up: queryInterface => queryInterface.sequelize.query('create table users (id bigint)') };",
  };
  const after = {
    'migrations/20240102000000-x.js': "module.exports = { up: q => q.sequelize.query('drop table users') };",
  };
  test.each<[string, Files]>([
    ['beside others of Sequelize', SAID],
    ['in a project with .sequelizerc', { '.sequelizerc': '' }],
    ['in a package that has Sequelize', { 'package.json': '{"dependencies":{"sequelize":"6.0.0"}}' }],
  ])('a parameter of any name, %s', (_, before) => {
    const found = report(before, after);
    expect(tools(found)).toEqual(['sequelize 20240102000000-x']);
    expect(errors(found)).toEqual(['dropped-table migrations/20240102000000-x.js']);
  });

  test('nobody’s is a blind spot', () => {
    const found = report({}, after);
    expect([found.code, because(found)]).toEqual([1, expect.stringContaining('a migration written in code')]);
  });

  test('those of another tool stay with it', () => {
    const found = report(
      { 'package.json': '{"dependencies":{"sequelize":"6.0.0","node-pg-migrate":"8"}}' },
      { 'migrations/1700000000000-x.js': "exports.up = pgm => pgm.sql('select 1');" },
    );
    expect([found.code, tools(found)]).toEqual([0, ['node-pg-migrate 1700000000000-x']]);
  });
});

test('the table of the comment does not say "nothing" of what was not analysed', () => {
  const repo = new GitRepo();
  made.push(repo.root);
  repo.commit({ 'migrations/001_users.sql': USERS }, 'before');
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit(
    { 'migrations/002_x.sql': 'alter tabel users;', 'migrations/003_y.sql': 'create table y (id bigint primary key);' },
    'after',
  );
  const { stdout } = runCli(repo.root, ['check', '--format', 'markdown']);
  expect(stdout).toContain('| `migrations/002_x.sql` | unknown |');
  expect(stdout).toContain('| `migrations/003_y.sql` | nothing |');
});
