import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { pollLocks } from '../src/rehearse/load/poll-locks.ts';
import { rehearse } from '../src/rehearse/load/rehearse.ts';
import { blockedIn, waitsByStatement, type Wait } from '../src/rehearse/load/wait.ts';
import { watch } from '../src/rehearse/load/watch.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';

const SCHEMA = `
drop table if exists orders, users, audit cascade;
create table users (id bigint primary key, email text);
create table orders (id bigint primary key, user_id bigint references users, total int);
create table audit (what text);
create or replace function note() returns trigger language plpgsql as $$ begin insert into audit values (tg_op); return null; end $$;
create trigger each_statement after insert or update or delete on orders for each statement execute function note();
insert into users select g, g from generate_series(1, 100) g;
insert into orders select g, g, g from generate_series(1, 100) g;
truncate audit;`;
const ORDERS = { schema: 'public', name: 'orders' };
const USERS = { schema: 'public', name: 'users' };
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

describe.each([13, 18])('the canary on Postgres %i', major => {
  let server: Server;
  let migration: Client;

  beforeAll(async () => {
    server = await startLocal({ binaries: await postgresBinaries(major) });
  }, 120_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    migration = await connect(server.url);
    await migration.query(SCHEMA);
  });
  afterEach(() => migration.end());

  const open = () => connect(server.url);
  const held = (sql: string, ms: number) => async () => {
    await pause(60);
    await migration.query(`begin; ${sql}`);
    await pause(ms);
    await migration.query('rollback');
    await pause(60);
  };
  const observed = (waits: readonly Wait[]) => waits.map(({ table, use }) => `${use} ${table}`).sort();
  /** A session that was closed lives a moment longer on the server. */
  const sessions = async () => {
    await pause(50);
    const canaries = "select 1 from pg_stat_activity where application_name = 'migration-gate canary'";
    return (await migration.query(canaries)).rowCount;
  };

  test.each([
    ['alter table orders add column note text', ['read public.orders', 'write public.orders']],
    ['create index on orders (total)', ['write public.orders']],
    ['comment on table orders is $$sold$$', []],
    ['update orders set total = 0', ['write public.orders']],
    ['alter table orders add foreign key (total) references users', ['write public.orders', 'write public.users']],
    ['reindex index orders_pkey', ['read public.orders', 'write public.orders']],
  ])('%s', async (sql, expected) => {
    const { waits } = await watch(open, [ORDERS, USERS], held(sql, 300));
    expect(observed(waits)).toEqual(expected);
    for (const { begin, end, open: still } of waits) {
      expect(end - begin).toBeGreaterThan(200);
      expect(end - begin).toBeLessThan(600);
      expect(still).toBe(false);
    }
  });

  test('changes no row, fires no trigger, and leaves no session', async () => {
    const rows = async () => (await migration.query('select * from orders order by id')).rows as unknown[];
    const before = await rows();
    await watch(open, [ORDERS], () => pause(200));
    expect(await rows()).toEqual(before);
    expect((await migration.query('select * from audit')).rows).toEqual([]);
    expect(await sessions()).toBe(0);
  });

  test('a migration that gives up behind a long reader is told from one that gets through', async () => {
    const marks: { begin: number; end: number; sqlstate: string | null }[] = [];
    const watched = await watch(
      open,
      [ORDERS],
      async () => {
        for (const timeout of [100, 5000]) {
          await migration.query(`set lock_timeout = ${timeout}`);
          const begin = performance.now();
          const sqlstate = await migration.query('alter table orders add column note text').then(
            () => null,
            (error: unknown) => (error as { code: string }).code,
          );
          marks.push({ begin, end: performance.now(), sqlstate });
        }
      },
      { readingMs: 600 },
    );
    const [gaveUp, waited] = waitsByStatement(marks, watched);
    expect([gaveUp?.lockTimeout, waited?.lockTimeout]).toEqual([true, false]);
    // Queued behind the migration that queues behind the reader.
    expect(waited?.blocked.find(({ use }) => use === 'read')?.longest).toBeGreaterThan(200);
  });

  test('a backfill that then wants the table deadlocks with a writer, and is not the victim', async () => {
    const watched = await watch(open, [ORDERS], async () => {
      const begin = performance.now();
      await migration.query('begin; update orders set total = 0');
      await pause(80);
      await migration.query('alter table orders add column note text; commit');
      return [{ begin, end: performance.now(), sqlstate: null }];
    });
    expect(waitsByStatement(watched.result, watched)[0]?.deadlock).toBe(true);
  });

  test('a table that goes away ends nothing', async () => {
    const { refusals } = await watch(open, [ORDERS], async () => {
      await migration.query('drop table orders');
      await pause(100);
    });
    expect(refusals).toContainEqual({ table: 'public.orders', use: 'read', sqlstate: '42P01' });
  });

  test('what the migration throws comes through, and a migration that never ends does not keep it', async () => {
    await expect(watch(open, [ORDERS], () => Promise.reject(new Error('syntax')))).rejects.toThrow('syntax');
    const endless = watch(open, [ORDERS], () => new Promise(() => undefined), { limitMs: 100 });
    await expect(endless).rejects.toThrow('did not end within 0.1 s');
    expect(await sessions()).toBe(0);
  });

  test('sessions that are killed end their part of the watch', async () => {
    const { waits } = await watch(open, [ORDERS], async () => {
      await migration.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      await pause(100);
    });
    expect(waits).toEqual([]);
  });

  test('a rehearsal tells of each statement what it held and whom it stopped', async () => {
    const slow = { sql: 'select pg_sleep(0.2)' };
    const index = { sql: 'create index concurrently orders_total on orders (total)' };
    const column = { sql: 'alter table orders add column note text' };
    const { timeline, sent } = await rehearse(
      open,
      [ORDERS],
      [
        { statements: [index], block: false },
        { statements: [column, slow], block: true },
        { statements: [{ sql: 'drop table nowhere' }, slow], block: false },
      ],
    );
    expect(sent.map(({ sqlstate }) => sqlstate)).toEqual([null, null, null, '42P01']);
    expect(sent[0]?.blocked).toEqual([]);
    // The lock of one statement is held while the next one sleeps.
    expect(sent[2]?.blocked.map(({ table, use }) => `${use} ${table}`).sort()).toEqual([
      'read public.orders',
      'write public.orders',
    ]);
    const strong = timeline.locks.find(({ mode, granted }) => mode === 'ACCESS EXCLUSIVE' && granted);
    expect(strong).toMatchObject({ relation: 'public.orders' });
    expect((strong?.end ?? 0) - (strong?.begin ?? 0)).toBeGreaterThan(150);
    expect(timeline.statements).toHaveLength(4);
  });

  test('a rehearsal that does not end in time is ended on the server', async () => {
    const acts = [{ statements: [{ sql: 'select pg_sleep(60)' }], block: true }];
    await expect(rehearse(open, [ORDERS], acts, { limitMs: 150 })).rejects.toThrow('did not end within');
    await pause(50);
    const sleeping = "select 1 from pg_stat_activity where query like 'select pg_sleep(60)%' and state = 'active'";
    expect((await migration.query(sleeping)).rowCount).toBe(0);
  });

  test('a rehearsal on a server that dies midway fails at once', async () => {
    const mortal = await startLocal({ binaries: await postgresBinaries(major) });
    const reach = () => connect(mortal.url);
    const setup = await reach();
    await setup.query('create table orders (id int)');
    await setup.end();
    const acts = [{ statements: [{ sql: 'select pg_sleep(60)' }], block: true }];
    const rehearsal = rehearse(reach, [ORDERS], acts).catch((error: unknown) => error);
    await pause(200);
    await mortal.stop();
    expect(await rehearsal).toBeInstanceOf(Error);
  });

  test('locks of CONCURRENTLY are seen from beside', async () => {
    const blocker = await open();
    await blocker.query('begin; lock table orders in row exclusive mode');
    const { rows } = await migration.query<{ pid: number }>('select pg_backend_pid() as pid');
    const { locks } = await pollLocks(open, rows[0]?.pid ?? 0, async () => {
      const running = migration.query('create index concurrently orders_total on orders (total)');
      await pause(150);
      await blocker.query('rollback');
      await running;
    });
    await blocker.end();
    const lock = locks.find(({ mode, granted }) => mode === 'SHARE UPDATE EXCLUSIVE' && granted);
    expect(lock?.relation).toBe('public.orders');
    expect((lock?.end ?? 0) - (lock?.begin ?? 0)).toBeGreaterThan(80);
  });
});

describe('waits', () => {
  const wait = (begin: number, end: number): Wait => ({ table: 'public.orders', use: 'read', begin, end, open: false });

  test('count for a statement as far as they lie within it', () => {
    expect(blockedIn([wait(0, 30), wait(40, 200), wait(300, 310)], { begin: 10, end: 100 })).toEqual([
      { table: 'public.orders', use: 'read', longest: 60, total: 80 },
    ]);
  });
});
