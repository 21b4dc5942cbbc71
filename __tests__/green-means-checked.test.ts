import { afterEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../src/model/report.ts';
import { runCli, type CliOutcome } from './helpers/run-cli.ts';
import { GitRepo } from './helpers/git-repo.ts';

type Files = Readonly<Record<string, string>>;

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A repository whose branch `topic` brings `after` on top of `before`. */
function repoOf(before: Files, after: Files): GitRepo {
  const repo = new GitRepo();
  made.push(repo.root);
  repo.commit({ 'README.md': 'shop', ...before }, 'before');
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit(after, 'after');
  return repo;
}

interface Seen {
  readonly code: number | null;
  /** `rule file`, errors only. */
  readonly errors: readonly string[];
  /** `kind file`. */
  readonly blind: readonly string[];
  readonly said: string;
}

function analyzed(before: Files, after: Files, args: readonly string[] = []): Seen {
  const { code, stdout, stderr } = runCli(repoOf(before, after).root, ['check', '--format', 'json', ...args]);
  if (code === 2) return { code, errors: [], blind: [], said: stderr };
  const { findings, blindSpots, notes } = JSON.parse(stdout) as Report;
  return {
    code,
    errors: findings.filter(one => one.severity === 'error').map(({ rule, span }) => `${rule} ${span.file}`),
    blind: blindSpots.map(({ kind, span }) => `${kind} ${span?.file ?? ''}`),
    said: [...notes, ...blindSpots.map(({ because }) => because)].join('\n'),
  };
}

const USERS = 'create table users (id bigint primary key, email text);\n';
const DROP = 'drop table users;\n';
const PLAIN = { 'migrations/001_users.sql': USERS };

describe('what was named and matches nothing was not judged', () => {
  const check = (...args: readonly string[]): CliOutcome =>
    runCli(repoOf(PLAIN, { 'migrations/002_b.sql': DROP }).root, ['check', ...args]);
  test.each([
    ['a path', ['migratons'], 'Did you mean "migrations"?'],
    ['a glob', ['migratons/*.sql'], 'Did you mean "migrations"?'],
    ['a path of no migration', ['README.md'], 'None of the files that `paths` matches is a migration.'],
    ['a changed file', ['--changed', 'migrations/002_c.sql'], 'Did you mean "migrations/002_b.sql"?'],
    ['a changed file that no tool claims', ['--changed', 'README.md'], 'No migration tool uses "README.md"'],
    ['a tool', ['--framework', 'flyway'], 'No Flyway migrations were found.'],
    ['a tool in an audit', ['--framework', 'goose', '--all'], 'No goose migrations were found.'],
  ])('%s', (_, args, said) => {
    const { code, stderr } = check(...args);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
  });

  test.each([
    ['a path', ['migrations']],
    ['a glob', ['migrations/*.sql']],
    ['all that is here', ['.']],
    ['a changed file', ['--changed', './migrations/002_b.sql']],
    ['a tool', ['--framework', 'plain-sql']],
  ])('%s that matches is judged', (_, args) => {
    expect(check(...args).code).toBe(1);
  });

  test('an audit of nothing says what was looked for', () => {
    const { code, stderr } = runCli(repoOf({}, {}).root, ['check', '--all']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('directories called migrations')]);
  });

  test('paths of the configuration that a pull request empties were matched', () => {
    const repo = repoOf({ ...PLAIN, 'other/001_a.sql': USERS }, {});
    repo.git('rm', '-q', '-r', 'other');
    repo.commit({});
    expect(runCli(repo.root, ['check', 'migrations', 'other/*.sql']).stdout).toContain('deleted-migration');
  });
});

describe('where it is started', () => {
  const before = {
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"',
    'prisma/migrations/1_users/migration.sql': USERS,
    'api/db/001_x.sql': 'select 1;',
  };
  const after = { 'prisma/migrations/2_drop/migration.sql': DROP };

  test.each([
    ['the folder of the migrations', 'prisma/migrations', []],
    ['the folder of one migration', 'prisma/migrations/2_drop', []],
    ['a folder above them', 'prisma', []],
    ['a path from there', 'prisma', ['migrations']],
    ['a changed file from there', 'prisma/migrations', ['--changed', '2_drop/migration.sql']],
    ['an audit', 'prisma/migrations', ['--all']],
  ])('%s', (_, folder, args) => {
    const { root } = repoOf(before, after);
    const { code, stdout } = runCli(join(root, folder), ['check', '--format', 'json', ...args]);
    const { migrations, findings } = JSON.parse(stdout) as Report;
    expect(code).toBe(1);
    expect(new Set(migrations.map(({ framework }) => framework))).toEqual(new Set(['prisma']));
    expect(findings.map(({ rule, span }) => `${rule} ${span.file}`)).toContain(
      'dropped-table prisma/migrations/2_drop/migration.sql',
    );
  });

  test('another folder says that more changed elsewhere', () => {
    const { code, stdout } = runCli(join(repoOf(before, after).root, 'api'), ['check']);
    expect(stdout).toContain('Only api, the current directory, was checked; 1 more changed file is outside of it.');
    expect(code).toBe(0);
  });

  test('a clone of one branch, shallow, says how to get the base, and its way out works', () => {
    const origin = repoOf(before, after);
    const folder = mkdtempSync(join(tmpdir(), 'migration-gate-clone-'));
    made.push(folder);
    origin.git('checkout', '-q', 'main');
    const git = (...args: readonly string[]): string =>
      execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    git('clone', '-q', '--depth', '1', '--branch', 'topic', `file://${origin.root}`, 'shallow');
    const clone = join(folder, 'shallow');
    const { code, stderr } = runCli(clone, ['check']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('git fetch origin main:refs/remotes/origin/main')]);
    execFileSync('git', ['fetch', '-q', 'origin', 'main:refs/remotes/origin/main'], { cwd: clone, stdio: 'pipe' });
    expect(runCli(clone, ['check']).code).toBe(1);
  });

  test('a shallow clone that ends at the base says nothing of the change', () => {
    const origin = repoOf(before, after);
    const folder = mkdtempSync(join(tmpdir(), 'migration-gate-clone-'));
    made.push(folder);
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${origin.root}`, 'shallow'], {
      cwd: folder,
      stdio: 'pipe',
    });
    const { code, stderr } = runCli(join(folder, 'shallow'), ['check']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('the clone is shallow')]);
  });

  test('outside git', () => {
    const folder = mkdtempSync(join(tmpdir(), 'migration-gate-none-'));
    made.push(folder);
    const { code, stderr } = runCli(folder, ['check']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('this is not a git repository')]);
  });
});

const unread = (file: string): string[] => [`unread ${file}`];

describe('a changed file that looks like a migration and that no tool claims', () => {
  test.each<[string, string, string]>([
    ['SQL in a folder of any name', 'db/changes.sql', DROP],
    ['a template of SQL', 'db/003_x.sql.erb', 'ALTER TABLE users DROP COLUMN <%= column %>;'],
    ['another ending, pgsql', 'db/x.pgsql', DROP],
    ['another ending, ddl', 'db/x.ddl', DROP],
    ['another ending, psql', 'db/x.psql', '\\set ON_ERROR_STOP 1\nDROP TABLE users;\n'],
    ['DML in a numbered file', 'db/003_backfill.sql', "update users set email = 'x';"],
    ['a DO block', 'db/x.sql', 'do $$ begin delete from users; end $$;'],
    ['a file named for another database', 'db/clickhouse.sql', DROP],
    ['a file of golang-migrate with another ending', 'db/1_x.up.txt', DROP],
    [
      'a Liquibase changelog in XML',
      'src/main/resources/db/changelog/master.xml',
      '<databaseChangeLog><changeSet/></databaseChangeLog>',
    ],
    ['a Liquibase changelog in YAML', 'db/changelog.yaml', 'databaseChangeLog:\n  - changeSet:\n      id: 1\n'],
    ['a Liquibase changelog in JSON', 'db/changelog/a.json', '{"databaseChangeLog": []}'],
    [
      'Laravel',
      'database/migrations/2024_01_01_000000_x.php',
      '<?php use Illuminate\\Database\\Migrations\\Migration;\nreturn new class extends Migration { public function up() {} };',
    ],
    ['yoyo', 'migrations/0002_x.py', 'from yoyo import step\nsteps = [step("DROP TABLE users")]'],
    ['Phinx', 'db/migrations/20240101000000_x.php', '<?php use Phinx\\Migration\\AbstractMigration;'],
    ['TypeScript beside numbered SQL', 'migrations/003_x.ts', "export const run = db => db.query('drop table users');"],
    ['Flyway in Java', 'src/main/java/db/migration/V3__x.java', 'public class V3__x extends BaseJavaMigration {}'],
    ['Flyway in Kotlin', 'src/main/kotlin/db/migration/V3__x.kt', 'class V3__x : BaseJavaMigration() {}'],
    ['goose in Go', 'migrations/00003_x.go', 'package migrations\nfunc init() { goose.AddMigrationContext(Up, Down) }'],
    ['a program with a way up', 'migrations/add-users.js', "exports.up = db => db.q('drop table users');"],
  ])('%s', (_, file, text) => {
    const seen = analyzed(PLAIN, { [file]: text });
    expect(seen.blind).toEqual(unread(file));
    expect(seen.said).toMatch(/`ignore`/);
    expect(seen.code).toBe(1);
  });

  test.each<[string, string, string]>([
    ['queries of sqlc', 'db/queries/users.sql', '-- name: DeleteUser :exec\nDELETE FROM users WHERE id = $1;'],
    ['queries of sqlc elsewhere', 'internal/store/users.sql', '-- name: MakeTemp :exec\nCREATE TEMP TABLE t (id int);'],
    ['queries with parameters', 'src/sql/001_get.sql', 'UPDATE users SET email = :email WHERE id = :id;'],
    ['a report', 'analytics/report.sql', 'select count(*) from users;'],
    ['a fixture of a test', 'tests/fixtures/users.sql', USERS],
    ['a schema of a test', 'pkg/store/testdata/schema.sql', USERS],
    ['a seed', 'db/seeds/users.sql', "insert into users values (1, 'x');"],
    ['a seed in one file', 'db/seed.sql', "truncate users; insert into users values (1, 'x');"],
    ['SQL of the documentation', 'docs/schema.sql', USERS],
    ['a dump', 'db/structure.sql', USERS],
    ['a dump of pg_dump', 'db/schema.sql', `--\n-- PostgreSQL database dump\n--\n${USERS}`],
    ['comments alone', 'db/notes.sql', '-- DROP TABLE users;\n/* alter table users */\n'],
    ['a program that lists migrations', 'src/migrations/index.ts', "export * from './registry';"],
    ['a test of migrations', 'src/migrations/001_users.test.ts', 'export const up = 1;'],
    ['YAML of something else', 'deploy/values.yaml', 'image: shop\n'],
    ['a program of the application', 'src/upgrade.ts', 'export const plan = 1;'],
  ])('%s is none', (_, file, text) => {
    expect(analyzed(PLAIN, { [file]: text })).toMatchObject({ code: 0, blind: [] });
  });

  test('one that the options ignore is none, and one that they name is judged', () => {
    expect(analyzed(PLAIN, { 'sql/views.sql': DROP }, ['--ignore', 'sql/**'])).toMatchObject({ code: 0, blind: [] });
    expect(analyzed(PLAIN, { 'sql/views.pgsql': DROP }, ['--paths', 'sql/**']).errors).toEqual([
      'dropped-table sql/views.pgsql',
    ]);
  });
});
