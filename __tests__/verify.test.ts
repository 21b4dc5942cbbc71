import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { collect } from '../src/migrations/collect.ts';
import { DEFAULTS, type Options } from '../src/config/options.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect } from '../src/database/service.ts';
import type { AnalyzedMigration } from '../src/model/analyzed-migration.ts';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import type { Report } from '../src/model/report.ts';
import type { History } from '../src/model/source.ts';
import { verifyAll } from '../src/verify/on-server.ts';
import { run } from '../src/run.ts';
import { loadParser } from '../src/sql/parse.ts';
import { runCli } from './helpers/run-cli.ts';

const USERS = 'create table users (id bigint primary key, email text);';

/** golang-migrate's layout, every file judged on a throw-away server. */
async function prove(
  pg: number,
  files: Readonly<Record<string, string>>,
  where: Partial<Pick<Options, 'database' | 'allow-nonempty-database'>> = {},
): Promise<Report> {
  const named = new Map(Object.entries(files).map(([name, sql]) => [`migrations/${name}.sql`, sql]));
  const repo = { paths: [...named.keys()], read: (path: string) => Promise.resolve(named.get(path) ?? '') };
  const options = { ...DEFAULTS, 'postgres-version': pg, database: 'local', ...where };
  return await run({ repo, changed: [], options, mode: 'audit' });
}

/** Resolves as soon as a migration sleeps on the server. */
async function busy(url: string): Promise<void> {
  const client = await connect(url);
  try {
    for (;;) {
      const { rows } = await client.query("select 1 from pg_stat_activity where wait_event = 'PgSleep'");
      if (rows.length > 0) return;
    }
  } finally {
    await client.end();
  }
}

async function analyzedHistory(sql: string): Promise<[History[], AnalyzedMigration[]]> {
  const repo = { paths: ['migrations/1_slow.up.sql'], read: () => Promise.resolve(sql) };
  const { histories } = await collect(repo, { framework: 'auto', paths: null, changed: new Set(), all: true });
  await loadParser();
  const analyzed = await Promise.all(histories.map(history => analyzeHistory(history, { pg: 17, mode: 'audit' })));
  return [[...histories], analyzed.flat()];
}

const shown = ({ findings }: Report): string[] =>
  findings
    .filter(({ rule }) => /migration$|rollback$|reapply$|^unpredicted/.test(rule))
    .map(({ rule, span }) => `${rule} ${span.file}:${span.line}`);

describe.each([
  [13, 'local'],
  [18, 'local'],
  [18, 'embedded'],
] as const)('on Postgres %i, %s', (pg, database) => {
  const here = (files: Readonly<Record<string, string>>): Promise<Report> => prove(pg, files, { database });

  beforeAll(async () => {
    process.env.PATH = `${await postgresBinaries(pg)}${delimiter}${process.env.PATH ?? ''}`;
  }, 120_000);

  test('what was predicted is confirmed, and a down migration that restores the schema is not mentioned', async () => {
    const report = await here({
      '1_users.up': USERS,
      '1_users.down': 'drop table users;',
      '2_age.up': 'alter table users alter column email type varchar(20);',
      '2_age.down': 'alter table users alter column email type text;',
    });
    expect(shown(report)).toEqual([]);
    expect(report.notes.filter(note => !note.startsWith('Dry run on the embedded Postgres'))).toEqual([]);
    const traced = report.migrations[1]?.statements[0]?.traced;
    expect(traced?.confirmed.map(cost => cost.kind).sort()).toEqual(['lock', 'rewrite']);
    expect([traced?.unpredicted, traced?.unconfirmed]).toEqual([[], []]);
    expect(traced?.ms).toBeGreaterThan(0);
    const evidence = report.findings.find(({ rule }) => rule === 'retyped-column')?.evidence ?? [];
    expect(evidence.flatMap(effect => ('basis' in effect ? [`${effect.kind} ${effect.basis}`] : []))).toContain(
      'rewrite both',
    );
  }, 60_000);

  test('down migrations that fail, that are incomplete and that are missing are distinguished', async () => {
    const report = await here({
      '1_users.up': USERS,
      '1_users.down': 'drop table users;',
      '2_age.up': 'alter table users add column age int; create index users_email on users (email);',
      '2_age.down': 'alter table users drop column age;',
      '3_name.up': 'alter table users add column name text;',
      '3_name.down': '\nalter table users drop column nmae;',
      '4_note.up': 'alter table users add column note text;',
      '5_last.up': '-- migration-gate: irreversible: nobody needs it\nalter table users add column last text;',
    });
    expect(shown(report)).toEqual([
      'incomplete-rollback migrations/2_age.down.sql:1',
      'failing-rollback migrations/3_name.down.sql:2',
      'missing-rollback migrations/4_note.up.sql:1',
    ]);
    expect(report.findings.find(({ rule }) => rule === 'incomplete-rollback')?.message).toContain(
      'index public.users_email is left over',
    );
    expect(report.conclusion).toBe('fail');
  }, 60_000);

  test('a down migration with a COMMIT of its own does not touch what the next file builds on', async () => {
    const report = await here({
      '1_users.up': `begin; ${USERS} commit;`,
      '1_users.down': 'begin; drop table users; commit;',
      '2_age.up': 'alter table users add column age int;',
      '2_age.down': 'alter table users drop column age;',
    });
    expect(shown(report)).toEqual([]);
  }, 60_000);

  test('the isolation of a transaction is set before anything is asked', async () => {
    const set = 'set transaction isolation level repeatable read;';
    const report = await prove(pg, {
      '1_users.up': USERS,
      '2_note.up': `begin; ${set} alter table users add note text; commit;`,
    });
    expect(shown(report)).toEqual([]);
    expect(report.migrations[1]?.statements.filter(({ rehearsed }) => rehearsed !== null)).toHaveLength(2);
  }, 60_000);

  test('two thousand statements of one transaction are each traced', async () => {
    const columns = Array.from({ length: 1000 }, (_, n) => `alter table users add column c${n} int;`);
    const gone = columns.map((_, n) => `alter table users drop column c${n};`);
    const report = await here({ '1_users.up': USERS, '2_columns.up': [...columns, ...gone].join('\n') });
    expect(shown(report)).toEqual([]);
    const traced = report.migrations[1]?.statements.filter(statement => statement.traced !== null);
    expect(traced).toHaveLength(2000);
  }, 120_000);

  test('a statement that the server refuses is a finding with its SQLSTATE', async () => {
    const report = await here({
      '1_users.up': USERS,
      '2_typo.up': 'alter table users\n  add constraint c check (agee > 0);',
    });
    expect(shown(report)).toEqual(['failing-migration migrations/2_typo.up.sql:1']);
    expect(report.findings.at(-1)?.message).toContain('(42703)');
  }, 60_000);

  test('migrations are no superuser: the machine is out of reach', async () => {
    const loot = join(tmpdir(), `migration-gate-loot-${pg}`);
    rmSync(loot, { force: true });
    const report = await here({
      '1_program.up': `copy (select 1) to program 'touch ${loot}';`,
      '2_escape.up': `reset session authorization; do $$ begin execute 'alter role ' || current_user || ' superuser'; end $$;`,
      '3_grant.up': "do $$ begin execute 'grant pg_execute_server_program to ' || current_user; end $$;",
      '4_extension.up': 'create extension file_fdw;',
      '5_role.up': `create role app superuser; set role app; copy (select 1) to program 'touch ${loot}';`,
    });
    expect(existsSync(loot)).toBe(false);
    const unproven = report.blindSpots.filter(({ kind }) => kind === 'unproven').map(({ span }) => span?.file);
    expect(unproven).toEqual([1, 2, 3, 4, 5].map(n => expect.stringContaining(`/${n}_`)));
  }, 60_000);

  test('all triggers of an own table are turned off, as a superuser would, and of no other table', async () => {
    const off = (verb: string): string => `alter table orders ${verb} trigger all;`;
    const report = await here({
      '1_users.up': `${USERS} create table orders (user_id bigint references users);`,
      '2_off.up': off('disable'),
      '2_off.down': off('enable'),
      '3_theirs.up': "select migration_gate_stand_ins.all_triggers('pg_catalog.pg_authid', 'disable');",
    });
    const unproven = report.blindSpots.filter(({ kind }) => kind === 'unproven').map(({ span }) => span?.file);
    expect(unproven).toEqual(['migrations/3_theirs.up.sql']);
    const [statement] = report.migrations[1]?.statements ?? [];
    expect(statement?.traced?.confirmed.map(({ kind }) => kind)).toEqual(['lock']);
    expect(shown(report)).toEqual(['missing-rollback migrations/1_users.up.sql:1']);
  }, 60_000);

  test('a migration cannot drop the database that it runs in', async () => {
    const report = await here({
      '1_drop.up': 'do $$ begin execute format($q$drop database %I$q$, current_database()); end $$;',
      '2_users.up': USERS,
    });
    expect(shown(report)).toEqual(['failing-migration migrations/1_drop.up.sql:1']);
  }, 60_000);
});

test.each([13, 18])(
  'a server that goes down proves nothing: Postgres %i',
  async pg => {
    const files = { '1_users.up': USERS, '2_down.up': 'select pg_terminate_backend(pg_backend_pid());' };
    process.env.PATH = `${await postgresBinaries(pg)}${delimiter}${process.env.PATH ?? ''}`;
    await expect(prove(pg, files)).rejects.toThrow('The migrations could not be tested');
  },
  60_000,
);

/** A file system of so many megabytes, where this machine lets one be made; else null. */
function smallDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'migration-gate-small-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=1777`, 'tmpfs', folder]);
  if (status === 0) return folder;
  rmSync(folder, { recursive: true });
  return null;
}

describe('a disk that is full', () => {
  const disk = smallDisk(110);
  afterAll(() => {
    if (disk === null) return;
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  });

  // Only root may mount.
  (disk === null ? test.skip : test)(
    'proves nothing, and the command line says so with status 2',
    async () => {
      const checkout = mkdtempSync(join(tmpdir(), 'migration-gate-checkout-'));
      const text = "(select string_agg(md5(n::text || i), '') from generate_series(1, 50) i where n > 0)";
      mkdirSync(join(checkout, 'migrations'));
      writeFileSync(
        join(checkout, 'migrations', '1_users.sql'),
        `${USERS} insert into users select n, ${text} from generate_series(1, 60000) n;`,
      );
      const args = ['check', '--all', '--database', 'local', '--postgres-version', '18'];
      const PATH = `${await postgresBinaries(18)}${delimiter}${process.env.PATH ?? ''}`;
      const { code, stderr } = runCli(checkout, args, { env: { PATH, TMPDIR: disk ?? '' } });
      rmSync(checkout, { recursive: true });
      // eslint-disable-next-line jest/no-standalone-expect -- the test is chosen at run time
      expect([code, stderr]).toEqual([2, expect.stringContaining('The migrations could not be tested')]);
    },
    60_000,
  );
});

describe('on a server by its address', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startLocal({ binaries: await postgresBinaries(17) });
  }, 120_000);
  afterAll(() => server.stop());

  const ask = async (sql: string): Promise<unknown[]> => {
    const client = await connect(server.url);
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const FILES = { '1_users.up': `${USERS} create role app;`, '1_users.down': 'drop table users;' };

  test('nothing of ours is left behind', async () => {
    const report = await prove(17, FILES, { database: server.url });
    expect(shown(report)).toEqual([]);
    expect(report.migrations[0]?.statements[0]?.traced).not.toBeNull();
    expect(await ask('select datname from pg_database where not datistemplate')).toEqual([{ datname: 'postgres' }]);
    expect(await ask("select rolname from pg_roles where rolname !~ '^pg_'")).toEqual([{ rolname: 'postgres' }]);
  }, 60_000);

  test.each(['user=postgres', 'password=s3cret', 'host=db.example.com'])(
    'an address that would lead elsewhere by its query is refused: %s',
    async query => {
      const refused = prove(17, FILES, { database: `${server.url}?${query}` });
      await expect(refused).rejects.toThrow('in its query string');
      await expect(refused).rejects.not.toThrow(query);
    },
  );

  test('an address that cannot be read is not repeated', async () => {
    const refused = prove(17, FILES, { database: 'postgres://app:s3cret@localhost:99999/shop' });
    await expect(refused).rejects.toMatchObject({ name: 'Expected', message: expect.not.stringContaining('s3cret') });
  });

  test('one that dies in the middle of a statement proves nothing', async () => {
    const dying = await startLocal({ binaries: await postgresBinaries(17) });
    const proof = prove(17, { '1_slow.up': 'select pg_sleep(60);' }, { database: dying.url });
    await Promise.all([
      expect(proof).rejects.toMatchObject({
        name: 'Expected',
        message: expect.stringContaining('The migrations could not be tested'),
      }),
      busy(dying.url).then(() => dying.stop()),
    ]);
  }, 60_000);

  test('a proof that does not end is given up', async () => {
    const history = await analyzedHistory('select pg_sleep(60);');
    const where = { database: server.url, major: 17, throwAway: null };
    const proof = verifyAll(where, ...history, { limitMinutes: 0.05 });
    await expect(proof).rejects.toThrow('Nothing could be verified: not finished after 0.05 minutes.');
    expect(await ask('select datname from pg_database where not datistemplate')).toEqual([{ datname: 'postgres' }]);
  }, 60_000);

  test('one that holds tables is refused until it is named a second time, and no password is told', async () => {
    await ask('create table customers (id int)');
    const database = server.url.replace('//postgres@', '//postgres:s3cret@');
    const refused = prove(17, FILES, { database });
    await expect(refused).rejects.toThrow('contains 1 tables');
    await expect(refused).rejects.not.toThrow('s3cret');
    const { hostname, port } = new URL(server.url);
    const name = `${decodeURIComponent(hostname)}:${port}/postgres`;
    await expect(prove(17, FILES, { database, 'allow-nonempty-database': name })).resolves.toMatchObject({
      conclusion: 'pass',
    });
    expect(await ask('select * from customers')).toEqual([]);
  }, 60_000);
});
