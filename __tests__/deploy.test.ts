import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import type { DeployReport } from '../src/model/deploy-report.ts';
import { runCli } from './helpers/run-cli.ts';

jest.setTimeout(120_000);

/** `deploy` and `history` as a user runs them, by a role that may only read. */
let server: Server;
let client: Client;
let url: string;
let database = 0;
const folders: string[] = [];
const admins: Client[] = [];

beforeAll(async () => {
  server = await startLocal({ binaries: await postgresBinaries(17) });
  const admin = await connect(server.url);
  await admin.query('create role reader login');
  admins.push(admin);
});
beforeEach(async () => {
  database += 1;
  await admins[0]?.query(`create database shop_${database}`);
  client = await connect(server.database(`shop_${database}`));
  const own = new URL(server.database(`shop_${database}`));
  own.username = 'reader';
  url = own.href;
});
afterEach(() => client.end());
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  for (const one of admins) await one.end();
  await server.stop();
});

const PRISMA = `create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,
  finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count int not null default 0);
  grant select on _prisma_migrations to reader;`;

/** The SHA-256 of `select 1;`, with which every file of these tests is applied. */
const SUM = '354b7196c9ba5fb4b21cf615bb6ec4cd5c07503c34229feef033fc081a8c03f4';
const SQL = 'select 1;';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const recorded = (name: string, more: Readonly<Record<string, string>> = {}): string => {
  const row = { id: `'${name}'`, checksum: `'${SUM}'`, migration_name: `'${name}'`, finished_at: 'now()', ...more };
  return `insert into _prisma_migrations (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
};

function checkout(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'migration-gate-deploy-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const prisma = (...names: readonly string[]): Record<string, string> => ({
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  ...Object.fromEntries(names.map(name => [`prisma/migrations/${name}/migration.sql`, SQL])),
});

interface Said {
  readonly report: DeployReport;
  readonly code: number | null;
  readonly output: string;
}

function deploy(files: Readonly<Record<string, string>>, ...args: readonly string[]): Said {
  const { code, stdout, stderr } = runCli(checkout(files), ['deploy', '-f', 'json', ...args], {
    env: { DATABASE_URL: url },
  });
  if (stdout === '') throw new Error(stderr);
  return { report: JSON.parse(stdout) as DeployReport, code, output: stdout + stderr };
}

const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../docs/${name}.schema.json`, import.meta.url)), 'utf8')) as object;

describe('what cannot be read is never go', () => {
  test.each([
    ['no table', '', /no history table of prisma/],
    [
      'no privilege on the table',
      'create table _prisma_migrations (migration_name text, checksum text, finished_at text, rolled_back_at text, started_at text, applied_steps_count text)',
      /no SELECT privilege/,
    ],
    ['other columns', 'create table _prisma_migrations (a int)', /is not a history table of prisma: its columns are a/],
    [
      'no privilege on the schema',
      `create schema app; set search_path = app; ${PRISMA}`,
      /no USAGE privilege on its schema/,
    ],
    [
      'two tables, and nothing tells them apart',
      `create schema app; grant usage on schema app to reader; ${PRISMA} set search_path = app; ${PRISMA}`,
      /Several tables could be the history of prisma: app._prisma_migrations, public._prisma_migrations/,
    ],
    [
      'the history of another database',
      `${PRISMA} ${recorded('1_x')} ${recorded('2_y')} ${recorded('3_z')}`,
      /None of the 1 migrations of prisma is recorded in public._prisma_migrations, which has 3 rows/,
    ],
  ])('%s', async (_, sql, reason) => {
    await client.query(sql);
    const { report, code } = deploy(prisma('20250101000000_a'));
    expect([report.verdict, code, report.migrations]).toEqual(['could-not-judge', 2, []]);
    expect(report.reasons[0]).toMatch(reason);
    expect(report.hint).toMatch(/\w/);
  });

  test('a locked table ends after two seconds, with a reason', async () => {
    await client.query(`${PRISMA} ${recorded('20250101000000_a')}`);
    await client.query('begin; lock table _prisma_migrations in access exclusive mode');
    const start = performance.now();
    const { report, code } = deploy(prisma('20250101000000_a'));
    expect(performance.now() - start).toBeLessThan(10_000);
    expect([report.verdict, code]).toEqual(['could-not-judge', 2]);
    expect(report.reasons[0]).toContain('another session holds a lock on it');
    await client.query('rollback');
  });

  test.each([
    [['deploy', '--database-url', 'postgres://ada:geheim@127.0.0.1:1/shop'], 'ECONNREFUSED'],
    [['deploy', '--database-url', 'ada:geheim@host/shop'], 'must be a postgres:// URL, or the name'],
    [['deploy', '--database-url', 'NOT_SET_ANYWHERE'], 'environment variable NOT_SET_ANYWHERE is not set'],
    [['deploy', '--database-url', 'postgres://ada:geheim@h/shop?host=evil'], 'must not set host'],
    [['deploy', '-f', 'sarif'], 'must be one of text, json, markdown'],
    [['deploy', '--history', 'none.json'], 'cannot be read'],
    [['deploy', '--history', 'x.json', '--database-url', 'X'], 'cannot be used with --database-url'],
    [['history', '--database-url', 'postgres://ada:geheim@127.0.0.1:1/shop'], 'ECONNREFUSED'],
    [['deploy', '--history-table', 'tabel=x'], 'Did you mean "table"?'],
    [['deploy', '--history-table', 'table=x,at=y'], 'version or name is missing'],
  ])('%j ends with 2, and without the password', (args, words) => {
    const { code, stdout, stderr } = runCli(checkout(prisma('1_a')), args);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain(words);
    expect(stdout + stderr).not.toContain('geheim');
  });

  test('a checkout without migrations', () => {
    const { report, code } = deploy({ 'README.md': '' });
    expect([report.verdict, report.reasons, code]).toEqual([
      'could-not-judge',
      ['The checkout contains no migrations.'],
      2,
    ]);
  });

  test('a tool whose table is not known', () => {
    const { report } = deploy({ 'migrations/001_a.sql': SQL });
    expect(report.reasons[0]).toContain('no tool is known that runs the files');
    expect(report.hint).toContain('history-table');
  });
});

test('a role that may only read is enough, and nothing is written', async () => {
  await client.query(`${PRISMA} ${recorded('20250101000000_a')} ${recorded('20250103000000_c')}`);
  const counters = async (): Promise<unknown> => {
    const { rows } = await client.query<object>(
      `select tup_inserted, tup_updated, tup_deleted, pg_snapshot_xmax(pg_current_snapshot()) as next
       from pg_stat_database where datname = current_database()`,
    );
    return rows[0];
  };
  const before = await counters();
  const { report, code } = deploy(
    prisma('20250101000000_a', '20250102000000_b', '20250103000000_c', '20250104000000_d'),
  );
  expect(await counters()).toEqual(before);
  expect([report.verdict, code]).toEqual(['warn', 0]);
  expect(report.migrations.map(({ id, state, next }) => [id, state, next])).toEqual([
    ['20250101000000_a', 'applied', 'nothing'],
    ['20250102000000_b', 'out of order', 'apply late'],
    ['20250103000000_c', 'applied', 'nothing'],
    ['20250104000000_d', 'pending', 'apply'],
  ]);
  expect(report.histories).toEqual([
    {
      tool: 'prisma',
      roots: ['prisma/migrations'],
      table: 'public._prisma_migrations',
      rows: 2,
      checksum: 'sha256 of the file',
    },
  ]);
});

test('an export says what the database says, and CI needs no credentials', async () => {
  await client.query(
    `${PRISMA} ${recorded('20250101000000_a')} ${recorded('20250102000000_b', { finished_at: 'null', logs: `'secret of a row'` })}`,
  );
  const files = prisma('20250101000000_a', '20250102000000_b');
  const folder = checkout(files);
  const { code, stdout } = runCli(folder, ['history'], { env: { DATABASE_URL: url } });
  expect(code).toBe(0);
  const validate = new Ajv({ strict: false }).compile(schemaOf('history'));
  expect(validate(JSON.parse(stdout)) ? [] : validate.errors).toEqual([]);
  expect(stdout).not.toContain('secret of a row');
  expect(stdout).not.toContain('reader');
  const live = deploy(files).report;
  const exported = join(folder, 'history.json');
  writeFileSync(exported, stdout);
  const offline = runCli(folder, ['deploy', '--history', 'history.json', '-f', 'json'], { env: { DATABASE_URL: '' } });
  const { histories, migrations, verdict, preflight, notes } = JSON.parse(offline.stdout) as DeployReport;
  expect({ histories, migrations, verdict }).toEqual({
    histories: live.histories,
    migrations: live.migrations,
    verdict: live.verdict,
  });
  expect(preflight).toEqual([]);
  expect(live.preflight.length).toBeGreaterThan(0);
  expect(notes.at(-1)).toContain('The live database was not checked');
  expect([live.verdict, offline.code]).toEqual(['block', 1]);
  expect(live.migrations[1]).toMatchObject({ state: 'failed', next: 'refuse' });
  for (const broken of ['{', '[]', '{"format":1}', stdout.replace('"rows": [', '"rows": [1,')]) {
    writeFileSync(exported, broken);
    expect(runCli(folder, ['deploy', '--history', 'history.json']).code).toBe(2);
  }
});

test('a file that the journal of Drizzle does not list is never applied, and blocks unless it is ignored', async () => {
  await client.query(`create schema drizzle; grant usage on schema drizzle to reader;
    create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);
    grant select on all tables in schema drizzle to reader;
    insert into drizzle.__drizzle_migrations (hash, created_at) values ('${SUM}', 1735689600000)`);
  const files = {
    'drizzle/meta/_journal.json': JSON.stringify({
      dialect: 'postgresql',
      entries: [{ idx: 0, when: 1735689600000, tag: '0000_a' }],
    }),
    'drizzle/0000_a.sql': SQL,
    'drizzle/0001_b.sql': SQL,
  };
  const { report } = deploy(files);
  expect(report.verdict).toBe('block');
  expect(report.migrations.map(({ id, state, next }) => [id, state, next])).toEqual([
    ['0000_a', 'applied', 'nothing'],
    ['0001_b', 'pending, skipped', 'skip saying ok'],
  ]);
  expect(deploy(files, '--ignore', 'drizzle/0001_b.sql').report.verdict).toBe('go');
});

test('rows that row-level security hides are not taken for none', async () => {
  await client.query(
    `${PRISMA} ${recorded('20250101000000_a')} alter table _prisma_migrations enable row level security`,
  );
  const { report } = deploy(prisma('20250101000000_a'));
  expect([report.verdict, report.reasons[0]]).toEqual([
    'could-not-judge',
    expect.stringContaining('row-level security'),
  ]);
});

test('text, Markdown and files, with nothing hostile in them', async () => {
  await client.query(`${PRISMA} ${recorded('20250101000000_a')} ${recorded('::error::<img src=x>|`@ada`')}`);
  const files = prisma('20250101000000_a', '20250102000000_b');
  const folder = checkout(files);
  const text = runCli(folder, ['deploy'], { env: { DATABASE_URL: url } });
  expect(text.stdout).toContain('pending  20250102000000_b  → apply');
  expect(text.stdout).toContain('Go, with warnings. 1 applied, 1 to apply.');
  expect(text.stdout).not.toMatch(/^\s*::/m);
  const markdown = runCli(folder, ['deploy', '-f', 'markdown', '-o', 'out.md'], { env: { DATABASE_URL: url } });
  expect([markdown.code, markdown.stdout]).toEqual([0, '']);
  const written = readFileSync(join(folder, 'out.md'), 'utf8');
  expect(written).toContain('| `20250102000000_b` | pending | apply |');
  expect(written.replace(/`+[^`]*`+/g, '')).not.toContain('<img');
});

describe('which table', () => {
  const KNEX = (table: string): string =>
    `create table ${table} (id serial primary key, name varchar(255), batch int, migration_time timestamptz default now());
     grant select on ${table} to reader;
     insert into ${table} (name, batch) values ('20250101000000_a.js', 1);`;
  const knex = (config: string): Record<string, string> => ({
    'knexfile.js': config,
    'migrations/20250101000000_a.js': 'exports.up = knex => knex.raw("select 1");\n',
  });

  test('one that the configuration of the tool has renamed', async () => {
    await client.query(`create schema audit; grant usage on schema audit to reader; ${KNEX('audit.steps')}`);
    const { report } = deploy(knex("module.exports = { migrations: { tableName: 'steps', schemaName: 'audit' } };"));
    expect([report.verdict, report.histories[0]?.table]).toEqual(['go', 'audit.steps']);
  });

  test('one of another name, by its columns and rows', async () => {
    await client.query(KNEX('steps'));
    const { report } = deploy(knex('module.exports = {};'));
    expect([report.verdict, report.histories[0]?.table]).toEqual(['go', 'public.steps']);
    expect(report.notes[0]).toContain('because of its columns and rows');
  });

  test('one that history-table names', async () => {
    await client.query(`${KNEX('steps')} ${KNEX('others')}`);
    const { report } = deploy(
      knex('module.exports = {};'),
      '--history-table',
      'table=others',
      '--preflight',
      'schema-drift=off',
    );
    expect([report.verdict, report.histories[0]?.table]).toEqual(['go', 'public.others']);
    expect(deploy(knex('module.exports = {};')).report.verdict).toBe('could-not-judge');
  });

  test('a lock that was left behind blocks', async () => {
    await client.query(
      `${KNEX('knex_migrations')} create table knex_migrations_lock (index serial, is_locked int);
       grant select on knex_migrations_lock to reader; insert into knex_migrations_lock (is_locked) values (1)`,
    );
    const { report, code } = deploy(knex('module.exports = {};'));
    expect([report.verdict, code]).toEqual(['block', 1]);
    expect(report.reasons[0]).toContain('knex migrate:unlock');
  });

  test('three tools call theirs migrations', async () => {
    const file = 'module.exports = class A1735689600000 { async up(queryRunner) {} };\n';
    await client.query(
      'create table migrations (id serial, name varchar(255), run_on timestamp); grant select on migrations to reader',
    );
    const { report } = deploy({ 'migrations/1735689600000-a.js': file });
    expect(report.verdict).toBe('could-not-judge');
    expect(report.reasons[0]).toContain('is not a history table of typeorm');
  });

  test('two databases in one repository: each history must be here', async () => {
    await client.query(`${PRISMA} ${recorded('20250101000000_a')}`);
    const files = {
      ...prisma('20250101000000_a'),
      'billing/migrations/migration_lock.toml': 'provider = "postgresql"\n',
      'billing/migrations/20250101000000_x/migration.sql': SQL,
    };
    const { report } = deploy(files);
    expect(report.verdict).toBe('could-not-judge');
    expect(report.reasons[0]).toContain('billing/migrations');
    expect(deploy(files, '--paths', 'prisma/**').report.verdict).toBe('go');
  });
});

describe('a runner of one’s own', () => {
  const files = { 'database/migrations/001_a.sql': 'select 1;\n', 'database/migrations/002_b.sql': 'select 2;\n' };
  const digests: readonly (readonly [string, string])[] = [
    ['md5', `md5('select 1;' || chr(10))`],
    ['sha256', `'${sha256('select 1;\n')}'`],
    ['sha256', `'${sha256('select 1;\n').toUpperCase()}'`],
    ['sha256', `'${sha256('select 1;\r\n')}'`],
    ['sha256', `'${Buffer.from(sha256('\uFEFFselect 1;\n'), 'hex').toString('base64')}'`],
    ['sha1', `'sha1:${createHash('sha1').update('select 1;\n').digest('hex')}'`],
    ['CRC-32', `'1829001716'`],
  ];
  test.each(digests)('its checksum is found by trial: %s of %s', async (name, value) => {
    await client.query(`create table versions (version int, sum text, at timestamptz default now());
      grant select on versions to reader; insert into versions values (1, ${value})`);
    const table = ['--history-table', 'table=versions,version=version,checksum=sum,at=at'];
    const { report } = deploy(files, ...table);
    expect([report.verdict, report.histories[0]?.checksum?.split(' ')[0]]).toEqual(['go', name]);
    expect(report.migrations.map(({ id, state }) => [id, state])).toEqual([
      ['001_a.sql', 'applied'],
      ['002_b.sql', 'pending'],
    ]);
  });

  test('a checksum that no algorithm gives is not taken for an edit, and is said', async () => {
    await client.query(`create table versions (version int, sum text); grant select on versions to reader;
      insert into versions values (1, 'salted')`);
    const { report } = deploy(files, '--history-table', 'table=versions,version=version,checksum=sum');
    expect(report.notes.join()).toContain('no known algorithm gives a recorded checksum');
  });
});

test('5,000 rows take less than a second', async () => {
  await client.query(`${PRISMA}
    insert into _prisma_migrations (id, checksum, migration_name, finished_at)
    select md5(n::text), '${SUM}', (20200101000000 + n) || '_x', now() from generate_series(1, 5000) n`);
  const names = Array.from({ length: 5000 }, (_, at) => `${20200101000001 + at}_x`);
  const folder = checkout(prisma(...names, '20990101000000_new'));
  const start = performance.now();
  const { code, stdout } = runCli(folder, ['deploy', '-f', 'json'], { env: { DATABASE_URL: url } });
  const took = performance.now() - start;
  const report = JSON.parse(stdout) as DeployReport;
  expect(report.reasons).toEqual([]);
  expect([code, report.verdict, report.migrations.length]).toEqual([0, 'go', 5001]);
  // A second on a machine with nothing else to do.
  expect(took).toBeLessThan(5_000);
});
