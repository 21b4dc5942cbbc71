import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { runCli, type CliOutcome } from './helpers/run-cli.ts';
import type { Report } from '../src/model/report.ts';

/** What a server was measured to do, and what it may take, as the bundle says it. */
jest.setTimeout(180_000);

const HISTORY = `create table users (id bigint primary key, email text);
create table orders (id bigint primary key, user_id bigint);
create table log (id bigserial primary key, what text);
create function hidden(code text) returns int language plpgsql as $$ begin execute convert_from(decode(code, 'base64'), 'utf8'); return 1; end $$;
create function wipe() returns trigger language plpgsql as $$ begin perform hidden('${Buffer.from('truncate orders').toString('base64')}'); return new; end $$;
create trigger t before insert on log for each statement execute function wipe();
create materialized view wiping as select hidden('${Buffer.from('truncate public.orders').toString('base64')}') as x with no data;`;

/** A statement whose text nobody reads before it runs. */
const unread = (sql: string): string =>
  `do $$ begin execute convert_from(decode('${Buffer.from(sql).toString('base64')}', 'base64'), 'utf8'); end $$;`;

let root: string;
let env: Record<string, string>;
beforeAll(async () => {
  const folders = [await postgresBinaries(13), await postgresBinaries(18)];
  env = { PATH: [...folders, process.env.PATH ?? ''].join(delimiter) };
  root = mkdtempSync(join(tmpdir(), 'mg-measured-'));
  put({ 'migrations/1_shop.up.sql': HISTORY });
  const repo = new GitRepo(root);
  repo.git('add', '.');
  repo.git('commit', '-q', '-m', 'shop');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function check(change: string, ...args: string[]): CliOutcome & { report: Report | null } {
  put({ 'migrations/2_change.up.sql': change });
  const outcome = runCli(root, ['check', '--base', 'HEAD', '--format', 'json', '--concurrent-load', 'false', ...args], {
    env,
  });
  return { ...outcome, report: outcome.code === 2 ? null : (JSON.parse(outcome.stdout) as Report) };
}
const errors = (report: Report | null): string[] =>
  [...new Set((report?.findings ?? []).filter(({ severity }) => severity === 'error').map(({ rule }) => rule))].sort();

/** What happens on the server, and the errors that it is; with rows where it takes rows to see it. */
const DONE: readonly (readonly [name: string, sql: string, rows: number, errors: readonly string[]])[] = [
  ['TRUNCATE by a trigger', "insert into log (what) values ('x');", 0, ['lost-rows']],
  ['TRUNCATE by a materialized view', 'refresh materialized view wiping;', 100, ['lost-rows']],
  ['TRUNCATE by text', unread('truncate orders'), 0, ['lost-rows', 'unpredicted-cost']],
  ['DROP by text', unread('drop table orders'), 0, ['lost-rows', 'unpredicted-cost']],
  ['DELETE by text', unread('delete from orders'), 100, ['lost-rows']],
  ['rewrite by text', unread('alter table orders alter user_id type int'), 0, ['unpredicted-cost']],
  ['lock by text', unread('lock table orders in share mode'), 0, ['unpredicted-cost']],
  ['a new table by text', unread('create table fresh (id int)'), 100, []],
  ['an index by text', unread('create index concurrently_not on log (what)'), 0, ['unpredicted-cost']],
  ['rows that the statement deletes', 'delete from orders where user_id is null;', 100, []],
];

describe.each([
  ['local', 13],
  ['local', 18],
  ['embedded', 18],
])('on %s %i', (database, major) => {
  const where = ['--database', database, '--postgres-version', String(major)];
  test.each(DONE)('%s', (_, sql, rows, expected) => {
    const { report } = check(sql, ...where, '--generate-rows', String(rows));
    const found: readonly string[] = errors(report).filter(rule => rule === 'lost-rows' || rule === 'unpredicted-cost');
    expect(expected.length === 0 ? found : expected.filter(rule => found.includes(rule))).toEqual(expected);
  });

  test('predictions for another version: what is lost counts all the same', () => {
    const { report } = check(
      unread('truncate orders'),
      '--database',
      database,
      '--postgres-version',
      '14',
      '--generate-rows',
      '0',
    );
    expect(errors(report)).toContain('lost-rows');
  });

  test('text that was run on rows is settled in part, and without rows not at all', () => {
    const spots = (rows: string): unknown[] =>
      check(unread('create table fresh (id int)'), ...where, '--generate-rows', rows).report?.blindSpots.map(
        one => one.settled,
      ) ?? [];
    expect(spots('10')).toEqual(['in part']);
    expect(spots('0')).toEqual([undefined]);
  });
});

/** More than anybody can keep, from a server; `null`: the embedded one ends with it, and nothing is judged. */
const FLOODS: readonly (readonly [sql: string, says: RegExp])[] = [
  ['select generate_series(1, 1000000000);', /:1 .*exceeds 200,000 rows/],
  ["\nselect repeat('x', 300000000);", /:2 .*64 MB/],
  ["do $$ begin for i in 1..3000000 loop raise notice 'n %', i; end loop; end $$;", /more than 100,000 messages/],
  ['copy (select repeat(md5(i::text), 40) from generate_series(1, 3000000) i) to stdout;', /exceeds/],
  ["do $$ begin raise exception '%', repeat('x', 100000000); end $$;", /longer than 1 MB/],
  [
    "do $$ begin loop begin loop raise notice 'x'; end loop; exception when query_canceled then null; end; end loop; end $$;",
    /more than 100,000 messages/,
  ],
];

test.each(FLOODS)('a flood ends in a line: %s', (sql, says) => {
  const start = Date.now();
  put({ 'migrations/2_change.up.sql': sql });
  const { code, stdout } = runCli(root, ['check', '--base', 'HEAD', '--database', 'local', '--generate-rows', '0'], {
    env,
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(says);
  expect(Date.now() - start).toBeLessThan(30_000);
});

test('a flood of the embedded Postgres is no verdict, and says where', () => {
  const { code, stderr } = check('select generate_series(1, 1000000000);', '--database', 'embedded');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^migration-gate: migrations\/2_change.up.sql: .*the result of a statement is too large/);
});

describe('what fails or cannot run is no pass', () => {
  const CHANGE = "set lock_timeout = '1s'; alter table orders add column note text;";
  test.each([
    [
      'a seed',
      { 'seed.sql': "insert into users values (1, 'a');\ninsert into nowhere values (1);" },
      ['--seed', 'seed.sql'],
      'failing-seed seed.sql:2',
    ],
    ['a seed-command', {}, ['--seed-command', 'false'], 'failing-seed migrations/2_change.up.sql:1'],
    ['an apply-command', {}, ['--apply-command', 'false'], 'failing-apply-command migrations/2_change.up.sql:1'],
    [
      'a query',
      { 'checks.sql': '-- must not change\nselect count(*) from nowhere' },
      ['--integrity-checks', 'checks.sql'],
      'integrity-check checks.sql:1',
    ],
  ] as const)('%s', (_, files, args, expected) => {
    put(files);
    const { report, code } = check(CHANGE, '--database', 'local', ...args);
    expect(report?.findings.map(({ rule, span }) => `${rule} ${span.file}:${span.line}`)).toContain(expected);
    expect(code).toBe(1);
  });

  test.each([
    [['--seed', 'none/*.sql', '--database', 'local'], 'seed: no file matches'],
    [['--integrity-checks', 'none/*.sql', '--database', 'local'], 'integrity-checks: no file matches'],
    [
      ['--integrity-checks', 'must return no rows: select 1', '--generate-rows', '0', '--database', 'local'],
      'need rows in the tables',
    ],
    [['--seed-command', 'true', '--database', 'embedded'], 'seed-command cannot be used with database: embedded'],
    [['--apply-command', 'true', '--database', 'embedded'], 'apply-command cannot be used with database: embedded'],
    [['--schema-command', 'true'], 'schema-command printed no SQL'],
    [['--schema-command', 'false'], 'schema-command exited with status 1'],
  ])('%s', (args, says) => {
    const { code, stderr } = check(CHANGE, ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });

  test('a model that changes without a migration', () => {
    rmSync(join(root, 'migrations/2_change.up.sql'), { force: true });
    put({
      'prisma/schema.prisma': 'model users {}',
      'print.sh': "echo 'create table users (id bigint primary key, email text, age int);'",
    });
    const { stdout, code } = runCli(
      root,
      ['check', '--base', 'HEAD', '--schema-command', 'sh print.sh', '--format', 'json'],
      { env },
    );
    const found = (JSON.parse(stdout) as Report).findings.map(
      ({ rule, severity, span }) => `${rule} ${severity} ${span.file}`,
    );
    expect(found).toEqual(['changed-rehearsal warning print.sh', 'schema-drift error prisma/schema.prisma']);
    expect(code).toBe(1);
  });
});
