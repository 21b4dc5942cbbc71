import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { historyTools } from '../src/deploy/tools/index.ts';
import { WITHOUT_TABLE } from '../src/deploy/without-table.ts';
import { frameworkIds } from '../src/frameworks/index.ts';
import { deployReport } from './helpers/deploy.ts';

/** Tools that do not run here: their tables as their sources define them, and what these say that they do. */
jest.setTimeout(120_000);

let server: Server;
let admin: Client;
beforeAll(async () => {
  server = await startLocal({ binaries: await postgresBinaries(17) });
  admin = await connect(server.url);
});
afterAll(async () => {
  await admin.end();
  await server.stop();
});

type Files = Readonly<Record<string, string>>;
let databases = 0;

async function said(files: Files, sql: string): Promise<string> {
  databases += 1;
  const name = `sources_${databases}`;
  await admin.query(`create database ${name}`);
  const client = await connect(server.database(name));
  await client.query(sql);
  await client.end();
  const { verdict, migrations, reasons } = await deployReport(files, server.database(name));
  if (verdict === 'could-not-judge') return `${verdict}: ${reasons.join()}`;
  const lines = migrations.map(one => `${one.id} ${one.state}${one.next === 'nothing' ? '' : ` → ${one.next}`}`);
  return [verdict, ...lines].join(', ');
}

const FLYWAY = `create table flyway_schema_history (installed_rank int primary key, version varchar(50),
  description varchar(200) not null, type varchar(20) not null, script varchar(1000) not null, checksum int,
  installed_by varchar(100) not null, installed_on timestamp not null default now(), execution_time int not null,
  success boolean not null);`;
const flyway = (rows: readonly string[]): string =>
  `${FLYWAY} ${rows.map(row => `insert into flyway_schema_history values (${row});`).join(' ')}`;
/** Of `create table a (id int);` and `-- é`, computed with zlib. */
const CRC = '509053000';
const TEXT = 'create table a (id int);\n-- é\n';
const versioned = (rank: number, version: string, checksum = CRC, success = true): string =>
  `${rank}, '${version}', 'x', 'SQL', 'V${version}__x.sql', ${checksum}, 'me', now(), 1, ${success}`;

describe('flyway', () => {
  const files: Files = { 'db/V1__x.sql': TEXT, 'db/V2__x.sql': TEXT };
  test.each([
    ['pending', files, [versioned(1, '1')], 'go, 1 applied, 2 pending → apply'],
    ['line ends', { 'db/V1__x.sql': TEXT.replaceAll('\n', '\r\n') }, [versioned(1, '1')], 'go, 1 applied'],
    ['a byte order mark', { 'db/V1__x.sql': `\uFEFF${TEXT}` }, [versioned(1, '1')], 'go, 1 applied'],
    ['a version written otherwise', { 'db/V1_0__x.sql': TEXT }, [versioned(1, '1')], 'go, 1.0 applied'],
    ['edited', files, [versioned(1, '1', '7')], 'block, 1 edited → refuse, 2 pending → not reached'],
    ['late', files, [versioned(1, '2')], 'block, 1 out of order → refuse, 2 applied'],
    [
      'missing',
      files,
      [versioned(1, '0.5'), versioned(2, '1')],
      'block, V0.5__x.sql missing → refuse, 1 applied, 2 pending → not reached',
    ],
    [
      'of the future',
      files,
      [versioned(1, '1'), versioned(2, '2'), versioned(3, '3')],
      'warn, V3__x.sql missing, 1 applied, 2 applied',
    ],
    ['failed', files, [versioned(1, '1'), versioned(2, '2', CRC, false)], 'block, 1 applied, 2 failed → refuse'],
    [
      'undone',
      files,
      [versioned(1, '1'), versioned(2, '2'), versioned(3, '2').replace("'SQL'", "'UNDO_SQL'")],
      'warn, 1 applied, 2 rolled back → apply',
    ],
    [
      'a baseline',
      files,
      [`1, '1', 'base', 'BASELINE', 'base', null, 'me', now(), 0, true`],
      'go, 1 baseline, 2 pending → apply',
    ],
    [
      'repeatable, changed',
      { ...files, 'db/R__v.sql': 'select 1;\n' },
      [versioned(1, '1'), versioned(2, '2'), `3, null, 'v', 'SQL', 'R__v.sql', 7, 'me', now(), 1, true`],
      'go, 1 applied, 2 applied, R__v pending → apply',
    ],
  ] as const)('%s', async (_, own, rows, expected) => {
    expect(await said(own, flyway(rows))).toBe(expected);
  });
});

describe('golang-migrate', () => {
  const files: Files = Object.fromEntries(
    [1, 2, 3].flatMap(n => ['up', 'down'].map(way => [`migrations/00000${n}_x.${way}.sql`, 'select 1;\n'])),
  );
  const TABLE = 'create table schema_migrations (version bigint primary key, dirty boolean not null);';
  test.each([
    [
      'pending',
      "insert into schema_migrations values (2, 'f')",
      'go, 000001_x applied, 000002_x applied, 000003_x pending → apply',
    ],
    ['nothing yet', '', 'go, 000001_x pending → apply, 000002_x pending → apply, 000003_x pending → apply'],
    [
      'dirty',
      "insert into schema_migrations values (2, 't')",
      'block, 000001_x applied, 000002_x failed → refuse, 000003_x pending → not reached',
    ],
    [
      'missing',
      "insert into schema_migrations values (4, 'f')",
      'block, 4 missing → refuse, 000001_x applied, 000002_x applied, 000003_x applied',
    ],
    [
      'several rows',
      "insert into schema_migrations values (1, 'f'), (2, 'f')",
      'could-not-judge: The history table of golang-migrate must have at most one row; it has 2.',
    ],
  ])('%s', async (_, rows, expected) => {
    expect(await said(files, `${TABLE} ${rows}`)).toBe(expected);
  });

  test('the table of Ecto has the same name', async () => {
    const table = 'create table schema_migrations (version bigint primary key, inserted_at timestamp(0))';
    expect(await said(files, table)).toContain('is not a history table of golang-migrate');
  });
});

/** A file and what its tool records of it, then one that is late, and one that has no file. */
interface Source {
  readonly files: Files;
  readonly table: string;
  /** Of the second of three files, of which the first is not recorded. */
  readonly row: string;
  readonly late: string;
  /** Of a migration without a file. */
  readonly other: string;
  readonly missing: string;
}

const three = (path: (n: number) => string, text: (n: number) => string): Files =>
  Object.fromEntries([1, 2, 3].map(n => [path(n), text(n)]));
const day = (n: number): string => `2025010${n}000000`;

const SOURCES: Readonly<Record<string, Source>> = {
  goose: {
    files: three(
      n => `migrations/${day(n)}_x.sql`,
      () => '-- +goose Up\nselect 1;\n-- +goose Down\nselect 1;\n',
    ),
    table:
      'create table goose_db_version (id int generated by default as identity primary key, version_id bigint not null, is_applied boolean not null, tstamp timestamp not null default now()); insert into goose_db_version (version_id, is_applied) values (0, true);',
    row: `insert into goose_db_version (version_id, is_applied) values (${day(2)}, true);`,
    late: `block, ${day(1)} out of order → refuse, ${day(2)} applied, ${day(3)} pending → not reached`,
    other: `insert into goose_db_version (version_id, is_applied) values (20240101000000, true);`,
    missing: `block, 20240101000000 missing, ${day(1)} out of order → refuse, ${day(2)} applied, ${day(3)} pending → not reached`,
  },
  supabase: {
    files: {
      'supabase/config.toml': 'project_id = "x"\n',
      ...three(
        n => `supabase/migrations/${day(n)}_x.sql`,
        () => 'select 1;\n',
      ),
    },
    table:
      'create schema supabase_migrations; create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);',
    row: `insert into supabase_migrations.schema_migrations values ('${day(2)}', '{select 1}', 'x');`,
    late: `block, ${day(1)} out of order → refuse, ${day(2)} applied, ${day(3)} pending → not reached`,
    other: `insert into supabase_migrations.schema_migrations values ('20240101000000', '{select 1}', 'x');`,
    missing: `block, 20240101000000 missing → refuse, ${day(1)} out of order → refuse, ${day(2)} applied, ${day(3)} pending → not reached`,
  },
  rails: {
    files: three(
      n => `db/migrate/${day(n)}_add_x.rb`,
      () => 'class AddX < ActiveRecord::Migration[7.1]\n  def change\n  end\nend\n',
    ),
    table: 'create table schema_migrations (version varchar primary key);',
    row: `insert into schema_migrations values ('${day(2)}');`,
    late: `warn, ${day(1)}_add_x out of order → apply late, ${day(2)}_add_x applied, ${day(3)}_add_x pending → apply`,
    other: `insert into schema_migrations values ('20240101000000');`,
    missing: `warn, 20240101000000 missing, ${day(1)}_add_x out of order → apply late, ${day(2)}_add_x applied, ${day(3)}_add_x pending → apply`,
  },
  'sql-migrate': {
    files: three(
      n => `migrations/${n}_x.sql`,
      () => '-- +migrate Up\nselect 1;\n-- +migrate Down\nselect 1;\n',
    ),
    table: 'create table gorp_migrations (id text primary key, applied_at timestamptz);',
    row: `insert into gorp_migrations values ('2_x.sql', now());`,
    late: 'warn, 1_x.sql out of order → apply late, 2_x.sql applied, 3_x.sql pending → apply',
    other: `insert into gorp_migrations values ('0_old.sql', now());`,
    missing:
      'block, 0_old.sql missing → refuse, 1_x.sql out of order → not reached, 2_x.sql applied, 3_x.sql pending → not reached',
  },
};

describe.each(Object.entries(SOURCES))('%s', (_, { files, table, row, late, other, missing }) => {
  test('late', async () => {
    expect(await said(files, `${table} ${row}`)).toBe(late);
  });
  test('missing', async () => {
    expect(await said(files, `${table} ${other} ${row}`)).toBe(missing);
  });
});

test('every framework has a history table, or a reason why it has none', () => {
  const known = [...historyTools.map(({ id }) => id), ...Object.keys(WITHOUT_TABLE)];
  expect(known.sort()).toEqual([...frameworkIds].sort());
});
