import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connect, type Client } from '../src/database/service.ts';
import type { DeployReport } from '../src/model/deploy-report.ts';
import { PREFLIGHT_CHECKS, type PreflightCheck, type PreflightId } from '../src/model/preflight.ts';
import { answered, ACCOUNT, freePort, startCluster, type Cluster } from './helpers/cluster.ts';
import { runCli } from './helpers/run-cli.ts';

/** Each condition is produced on a live server, found, and absent when it is not there any more. */
jest.setTimeout(180_000);

const HISTORY = `create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,
    finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
    started_at timestamptz not null default now(), applied_steps_count int not null default 0);
  insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('1', repeat('0', 64), '1_orders', now());`;
const ORDERS = 'create table orders (id int primary key, state text);';
const TIMEOUT = "set lock_timeout = '2s';\n";
const COLUMN = `${TIMEOUT}alter table orders add column note text;`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A checkout with an applied migration and one more. */
function checkout(pending: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'migration-gate-preflight-'));
  folders.push(folder);
  const files = {
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    'prisma/migrations/1_orders/migration.sql': ORDERS,
    'prisma/migrations/2_next/migration.sql': pending,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

interface Looked {
  readonly report: DeployReport;
  readonly code: number | null;
  readonly checks: ReadonlyMap<PreflightId, PreflightCheck>;
}

/** What `deploy` says, as a user runs it. */
function look(url: string, pending: string, ...args: readonly string[]): Looked {
  const { code, stdout, stderr } = runCli(checkout(pending), ['deploy', '-f', 'json', ...args], {
    env: { DATABASE_URL: url },
  });
  if (stdout === '') throw new Error(stderr);
  const report = JSON.parse(stdout) as DeployReport;
  return { report, code, checks: new Map(report.preflight.map(check => [check.id, check])) };
}

describe.each([13, 17])('on Postgres %i', major => {
  let cluster: Cluster;
  let admin: Client;
  let client: Client;
  let url: string;
  let count = 0;
  const others: Client[] = [];

  beforeAll(async () => {
    cluster = await startCluster(major);
    admin = await connect(cluster.url('postgres'));
  });
  afterAll(async () => {
    await admin.end();
    await cluster.stop();
  });
  beforeEach(async () => {
    const name = `shop_${++count}`;
    await admin.query(`create database ${name}`);
    url = cluster.url(name);
    client = await connect(url);
    await client.query(
      `${HISTORY} ${ORDERS} insert into orders select n, 'new' from generate_series(1, 1000) n; analyze`,
    );
  });
  afterEach(async () => {
    for (const other of others.splice(0)) await other.end();
    await client.end();
  });

  const session = async (): Promise<Client> => {
    const other = await connect(url);
    others.push(other);
    return other;
  };
  const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
  const check = (id: PreflightId, pending = COLUMN, ...args: string[]): PreflightCheck => {
    const found = look(url, pending, ...args).checks.get(id);
    if (found === undefined) throw new Error(`${id} did not run`);
    return found;
  };

  test('nothing unusual: every check passes, and the verdict is that of the edited history alone', () => {
    const { report, checks } = look(url, COLUMN);
    expect(report.preflight.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect([...checks.keys()]).toEqual([...PREFLIGHT_CHECKS]);
    expect(report.reasons).toEqual([expect.stringContaining('1_orders: edited')]);
  });

  test('nothing is written, and only catalogs are locked', async () => {
    const counters = async (): Promise<unknown> => {
      await pause(1_100);
      const { rows } = await admin.query<object>(
        `select d.tup_inserted, d.tup_updated, d.tup_deleted, d.temp_files, pg_snapshot_xmax(pg_current_snapshot()) as next
         from pg_stat_database d where datname = $1`,
        [`shop_${count}`],
      );
      return rows[0];
    };
    await client.end();
    client = await connect(cluster.url('postgres'));
    const before = await counters();
    look(url, COLUMN);
    expect(await counters()).toEqual(before);
  });

  test('a long transaction on the table, and a snapshot that CONCURRENTLY waits for', async () => {
    const other = await session();
    await other.query("begin; insert into orders values (0, 'x')");
    await pause(600);
    const limit = ['--preflight-limits', 'transaction-age=500ms'];
    const found = check('long-transactions', COLUMN, ...limit);
    expect([found.status, found.objects[0]]).toEqual([
      'block',
      expect.stringContaining('ROW EXCLUSIVE on public.orders'),
    ]);
    expect(check('long-transactions').status).toBe('pass');
    await other.query('rollback');
    expect(check('long-transactions', COLUMN, ...limit).status).toBe('pass');
    await other.query('begin isolation level repeatable read; select count(*) from _prisma_migrations');
    await pause(600);
    expect(check('long-transactions', COLUMN, ...limit).status).toBe('pass');
    const concurrently = 'create index concurrently i on orders (state);';
    expect(check('long-transactions', concurrently, ...limit).status).toBe('block');
    await other.query('rollback');
    expect(check('long-transactions', concurrently, ...limit).status).toBe('pass');
  });

  test('a table that another session has locked completely is reported in time', async () => {
    const other = await session();
    await other.query('alter table orders alter column state set default $$x$$');
    await other.query('begin; lock table orders in access exclusive mode');
    await pause(600);
    const start = performance.now();
    const { report, code, checks } = look(url, COLUMN, '--preflight-limits', 'transaction-age=500ms');
    expect(performance.now() - start).toBeLessThan(10_000);
    expect([report.verdict, code, checks.get('long-transactions')?.status]).toEqual(['block', 1, 'block']);
  });

  test('a queue for the table', async () => {
    const [holder, waiter] = [await session(), await session()];
    await holder.query('begin; select from orders limit 1');
    const waiting = waiter
      .query("set lock_timeout = '20s'; lock table orders in access exclusive mode")
      .catch(() => null);
    await pause(500);
    const found = check('waiting-locks');
    expect([found.status, found.objects[0]]).toEqual(['block', expect.stringContaining('waits for ACCESS EXCLUSIVE')]);
    await holder.query('rollback');
    await waiting;
    expect(check('waiting-locks').status).toBe('pass');
  });

  test('prepared transactions', async () => {
    const other = await session();
    await other.query("begin; insert into orders values (0, 'x'); prepare transaction 'gone'");
    expect(check('prepared-transactions')).toMatchObject({
      status: 'block',
      objects: expect.arrayContaining([expect.stringContaining("'gone': ROW EXCLUSIVE on public.orders")]),
    });
    const elsewhere = `${TIMEOUT}create table b (id int);`;
    expect(check('prepared-transactions', elsewhere).status).toBe('pass');
    expect(check('prepared-transactions', elsewhere, '--preflight-limits', 'prepared-age=1ms').status).toBe('warn');
    await other.query("rollback prepared 'gone'");
    expect(check('prepared-transactions').status).toBe('pass');
  });

  test('a vacuum to prevent wraparound, due and running', async () => {
    await client.query(`insert into orders select n, repeat('x', 500) from generate_series(1001, 20000) n;
      alter table orders set (autovacuum_freeze_max_age = 100000)`);
    expect(check('wraparound-vacuum').status).toBe('pass');
    await client.query('do $$ begin for n in 1..100100 loop perform pg_current_xact_id(); commit; end loop; end $$');
    expect(check('wraparound-vacuum')).toMatchObject({
      status: 'warn',
      objects: [expect.stringContaining('public.orders')],
    });
    // Of this table alone: slow workers in other databases would keep all of them busy.
    const slow = 'autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1';
    await client.query(`alter table orders set (${slow})`);
    for (const setting of ['autovacuum_naptime = 1', 'autovacuum = on'])
      await admin.query(`alter system set ${setting}`);
    await admin.query('select pg_reload_conf()');
    const worker = `from pg_stat_activity where backend_type = 'autovacuum worker' and query ~ 'orders .to prevent wraparound'`;
    for (let tries = 0; tries < 200 && (await admin.query(`select ${worker}`)).rowCount === 0; tries += 1)
      await pause(100);
    expect(check('wraparound-vacuum')).toMatchObject({
      status: 'block',
      objects: [expect.stringContaining('public.orders')],
    });
    await admin.query('alter system reset all');
    await admin.query('select pg_reload_conf()');
    await admin.query(`select pg_terminate_backend(pid) ${worker}`);
    await pause(500);
    await client.query('vacuum (freeze) orders');
    expect(check('wraparound-vacuum').status).toBe('pass');
  });

  test('INVALID indexes', async () => {
    await client.query('create unique index concurrently bad on orders (state)').catch(() => null);
    expect(check('invalid-indexes')).toMatchObject({ status: 'warn', objects: ['public.bad on public.orders'] });
    const again = 'create unique index concurrently if not exists bad on orders (state);';
    expect(check('invalid-indexes', again).status).toBe('block');
    expect(check('invalid-indexes', `drop index concurrently bad;\n${again}`).status).toBe('warn');
    await client.query('drop index bad');
    expect(check('invalid-indexes').status).toBe('pass');
  });

  test('constraints that were never validated', async () => {
    await client.query("alter table orders add constraint named check (state <> '') not valid");
    expect(check('unvalidated-constraints')).toMatchObject({ status: 'warn', objects: ['named on public.orders'] });
    const validates = `${TIMEOUT}alter table orders validate constraint named;`;
    expect(check('unvalidated-constraints', validates).status).toBe('pass');
    await client.query('alter table orders validate constraint named');
    expect(check('unvalidated-constraints').status).toBe('pass');
  });

  test('replication slots', async () => {
    await client.query("select pg_create_logical_replication_slot('left', 'pgoutput')");
    expect(check('replication-slots')).toMatchObject({
      status: 'warn',
      objects: [expect.stringMatching(/^left \(logical, inactive/)],
    });
    await client.query("select pg_drop_replication_slot('left')");
    expect(check('replication-slots').status).toBe('pass');
  });

  test('large tables, and the disk', () => {
    const retyped = `${TIMEOUT}alter table orders alter column id type bigint;`;
    expect(check('blocking-work', retyped).status).toBe('pass');
    expect(check('blocking-work', retyped, '--preflight-limits', 'large-table=8kB').status).toBe('warn');
    const huge = check('blocking-work', retyped, '--preflight-limits', 'large-table=8kB,huge-table=8kB');
    expect(huge).toMatchObject({
      status: 'block',
      objects: expect.arrayContaining([
        expect.stringMatching(/rewrites the table public\.orders \(1,000 rows, .*blocks reads and writes/),
      ]),
    });
    expect(check('disk-space', retyped).status).toBe('pass');
    const limits = (free: string): string[] => ['--preflight-limits', `large-table=8kB${free}`];
    expect(check('disk-space', retyped, ...limits('')).status).toBe('unknown');
    expect(check('disk-space', retyped, ...limits(',free-disk=1kB')).status).toBe('block');
    expect(check('disk-space', retyped, ...limits(',free-disk=1TB')).status).toBe('pass');
  });

  test('a busy table without lock_timeout', async () => {
    for (let n = 0; n < 20; n += 1) await client.query('select count(*) from orders');
    await pause(1_200);
    await client.query('select count(*) from orders');
    await pause(300);
    const busy = ['--preflight-limits', 'hot-table=0.0001/s'];
    const bare = 'alter table orders add column note text;';
    expect(check('blocking-work', bare, ...busy)).toMatchObject({
      status: 'warn',
      objects: [expect.stringContaining('without lock_timeout')],
    });
    expect(check('blocking-work', COLUMN, ...busy).status).toBe('pass');
    expect(check('blocking-work', bare, '--preflight-limits', 'hot-table=100000/s').status).toBe('pass');
  });

  test('privileges of the role that runs the migrations', async () => {
    const [app, reader] = [`app_${count}`, `reader_${count}`];
    await client.query(`create role ${app} login; create role ${reader} login;
      grant select, insert on _prisma_migrations to ${app}; grant select on _prisma_migrations to ${reader}`);
    const as = (role: string, ...args: string[]): PreflightCheck | undefined =>
      look(cluster.url(`shop_${count}`, role), COLUMN, ...args).checks.get('privileges');
    expect(as(app)).toMatchObject({
      status: 'block',
      objects: [expect.stringContaining(`public.orders belongs to postgres, not to ${app}`)],
    });
    expect(as(reader)?.status).toBe('unknown');
    expect(as(reader, '--migration-role', 'postgres')?.status).toBe('pass');
    expect(as(reader, '--migration-role', 'nobody_here')?.status).toBe('block');
    await client.query(`alter table orders owner to ${app}`);
    expect(as(app)?.status).toBe('pass');
    await client.query(`alter role ${app} set default_transaction_read_only = on`);
    expect(look(url, COLUMN, '--migration-role', app).checks.get('server')?.status).toBe('block');
  });

  test('what a role may not see of others is unknown, and the grant makes it known', async () => {
    const reader = `seer_${count}`;
    await client.query(`create role ${reader} login; grant select on _prisma_migrations to ${reader}`);
    const other = await session();
    await other.query("begin; insert into orders values (0, 'x')");
    const as = (): PreflightCheck | undefined =>
      look(cluster.url(`shop_${count}`, reader), COLUMN).checks.get('long-transactions');
    expect(as()).toMatchObject({ status: 'unknown', hint: expect.stringContaining('pg_read_all_stats') });
    await client.query(`grant pg_read_all_stats to ${reader}`);
    expect(as()?.status).toBe('pass');
  });

  test('extensions', () => {
    expect(check('extensions', 'create extension not_there;')).toMatchObject({
      status: 'block',
      objects: [expect.stringContaining('not_there is not available')],
    });
    expect(check('extensions', 'create extension if not exists plpgsql;').status).toBe('pass');
  });

  test('drift, by object, without the tables of the tool', async () => {
    await client.query('create table surprise (id int); alter table orders add column extra int');
    expect(check('schema-drift')).toMatchObject({
      status: 'warn',
      objects: ['column extra of orders is in no applied migration', 'table surprise is in no applied migration'],
    });
    await client.query('drop table surprise; alter table orders drop column extra');
    expect(check('schema-drift').status).toBe('pass');
    await client.query('alter table orders drop column state');
    expect(check('schema-drift').objects).toEqual(['column state of orders is missing on the server']);
  });

  test('statements that fail on the live schema, and those that depend on rows', async () => {
    await client.query('alter table orders add column note text');
    expect(check('failing-statements')).toMatchObject({ status: 'block', objects: [expect.stringContaining('42701')] });
    await client.query('alter table orders drop column note');
    expect(check('failing-statements').status).toBe('pass');
    const strict = `${TIMEOUT}alter table orders alter column state set not null;`;
    expect(check('rejected-rows', strict)).toMatchObject({
      status: 'warn',
      objects: [expect.stringContaining('migration.sql:2')],
    });
    expect(check('rejected-rows').status).toBe('pass');
  });

  test('what cannot be analyzed is not go', () => {
    const dynamic = "do $$ begin execute 'drop table ' || current_setting('a.b'); end $$;";
    const { report, code } = look(url, dynamic);
    expect([report.verdict, code]).toEqual(['could-not-judge', 2]);
    expect(look(url, dynamic, '--preflight', 'unanalyzed=warn').report.verdict).toBe('warn');
  });

  test('what is left of a failed migration, with the command', async () => {
    const two = 'alter table orders add column a int;\nalter table orders add column b int;';
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name) values ('2', repeat('0', 64), '2_next')`,
    );
    const none = check('leftovers', two);
    expect([none.status, none.message]).toEqual(['block', '2_next: nothing of it is in the database.']);
    expect(none.hint).toContain('npx prisma migrate resolve --rolled-back 2_next');
    await client.query('alter table orders add column a int');
    const half = check('leftovers', two);
    expect(half.message).toContain('1 of 2 statements are in the database, 1 are not');
    expect(half.objects.map(text => text.replace(/^.*sql:/, ''))).toEqual([
      '1: there: alter table orders add column a int',
      '2: not there: alter table orders add column b int',
    ]);
    await client.query('alter table orders add column b int');
    expect(check('leftovers', two).hint).toContain('npx prisma migrate resolve --applied 2_next');
  });

  test('another deploy', async () => {
    const other = await session();
    await other.query('select pg_advisory_lock(72707369)');
    expect(check('running-deploy').status).toBe('block');
    await other.query('select pg_advisory_unlock(72707369)');
    expect(check('running-deploy').status).toBe('pass');
  });

  test('checks that are off, and mistakes in options', () => {
    const { report } = look(url, COLUMN, '--preflight', 'schema-drift=off');
    expect(report.preflight.map(({ id }) => id)).not.toContain('schema-drift');
    expect(report.notes.at(-1)).toContain('off: schema-drift');
    for (const [args, words] of [
      [['--preflight', 'schema-drift=maybe'], 'must be one of off, warn, block'],
      [['--preflight', 'drift=off'], 'unknown key "drift"'],
      [['--preflight-limits', 'huge-table=5'], 'must be a number with a unit (kB, MB, GB, TB)'],
    ] as const) {
      const { code, stdout, stderr } = runCli(checkout(COLUMN), ['deploy', ...args], { env: { DATABASE_URL: url } });
      expect([code, `${stdout}${stderr}`]).toEqual([2, expect.stringContaining(words)]);
    }
  });

  test('a standby, and its lag', async () => {
    for (const other of others.splice(0)) await other.end();
    await client.end();
    await admin.end();
    const standby = await cluster.standby();
    admin = await connect(cluster.url('postgres'));
    client = await connect(url);
    try {
      await pause(1_500);
      expect(check('replica-lag').message).toContain('1 replica connected, without lag');
      expect(look(standby.url(`shop_${count}`), COLUMN).checks.get('server')?.status).toBe('block');
      const copy = await connect(standby.url('postgres'));
      await copy.query('select pg_wal_replay_pause()');
      await client.query("insert into orders select n, repeat('x', 100) from generate_series(30000, 60000) n");
      await pause(1_000);
      expect(check('replica-lag', COLUMN, '--preflight-limits', 'slot-lag=1MB')).toMatchObject({
        status: 'warn',
        objects: [expect.stringMatching(/^copy \(streaming, async\).* MB behind$/)],
      });
      await copy.query('select pg_wal_replay_resume()');
      await copy.end();
    } finally {
      await standby.stop();
    }
    await pause(500);
    expect(check('replica-lag').message).toBe('No replica is connected.');
  });
});

const PGBOUNCER = spawnSync('pgbouncer', ['--version']).status === 0;

(PGBOUNCER ? describe : describe.skip)('behind pgbouncer', () => {
  test.each([
    ['transaction', 'block'],
    ['session', 'pass'],
  ])('in %s mode', async (mode, status) => {
    const cluster = await startCluster(15);
    const folder = mkdtempSync(join(tmpdir(), 'migration-gate-pgbouncer-'));
    folders.push(folder);
    const port = await freePort();
    const [config, users] = [join(folder, 'pgbouncer.ini'), join(folder, 'users.txt')];
    writeFileSync(users, '"postgres" ""\n');
    writeFileSync(
      config,
      `[databases]\n* = host=127.0.0.1 port=${cluster.port}\n[pgbouncer]\nlisten_addr = 127.0.0.1
listen_port = ${port}\nunix_socket_dir =\nauth_type = trust\nauth_file = ${users}\npool_mode = ${mode}\n`,
    );
    if (ACCOUNT.uid !== undefined)
      for (const path of [folder, config, users]) chownSync(path, ACCOUNT.uid, ACCOUNT.gid);
    const pooler = spawn('pgbouncer', ['-q', config], { ...ACCOUNT, cwd: folder, stdio: 'ignore' });
    try {
      const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
      await answered(url);
      const client = await connect(cluster.url('postgres'));
      await client.query(`${HISTORY} ${ORDERS}`);
      await client.end();
      const { report, checks } = look(url, COLUMN);
      expect(checks.get('pooler')?.status).toBe(status);
      expect(report.verdict).toBe(status === 'block' ? 'block' : 'warn');
      expect(look(cluster.url('postgres'), COLUMN).checks.get('pooler')?.message).toBe(
        'No pooler is between the client and the server.',
      );
    } finally {
      pooler.kill();
      await cluster.stop();
    }
  });
});
