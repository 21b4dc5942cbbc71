import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { identity, type Cost, type Relation } from '../src/model/effect.ts';
import type { LockMode } from '../src/model/lock.ts';
import { parse } from '../src/sql/parse.ts';
import { compare } from '../src/measure/compare.ts';
import { trace } from '../src/measure/trace.ts';
import type { Measured } from '../src/measure/session.ts';
import { anyServer } from '../rig/ground-truth/server.ts';

const SCHEMA = `
create table users (id bigint primary key, email varchar(50), age int);
create table orders (id bigint primary key, user_id bigint, total numeric(10, 2));
create index orders_user_id_idx on orders (user_id);
insert into users select g, 'user' || g, g from generate_series(1, 500) g;
insert into orders select g, g, 10 from generate_series(1, 500) g;
create role shop_owner;
alter table users owner to shop_owner; alter table orders owner to shop_owner; grant all on schema public to shop_owner;`;

describe('a trace', () => {
  let server: Server;
  let databases = 0;

  beforeAll(async () => {
    server = await anyServer();
    const admin = await connect(server.url);
    await admin.query('create database shop');
    const client = await connect(server.database('shop'));
    await client.query(SCHEMA);
    await client.end();
    await admin.end();
  }, 120_000);
  afterAll(() => server.stop());

  async function run(
    sql: string,
    block = true,
  ): Promise<{ all: Measured[]; lines: string[][]; open: () => Promise<Client> }> {
    const name = `shop_${++databases}`;
    const admin = await connect(server.url);
    await admin.query(`create database ${name} template shop`);
    await admin.end();
    const open = (): Promise<Client> => connect(server.database(name));
    const all = (await trace(open, [{ statements: await parse(sql, 'm.sql'), block }], 'commit')).flat();
    return { all, lines: all.map(({ costs }) => costs.map(line).sort()), open };
  }

  test('tells a rewrite from a new column that needs none', async () => {
    const { lines } = await run('alter table users add nick text; alter table users alter age type bigint');
    expect(lines).toEqual([
      ['lock public.users ACCESS EXCLUSIVE'],
      // The lock on the table is held already.
      [
        'build-index public.users users_pkey',
        'lock public.users_pkey ACCESS EXCLUSIVE',
        'rewrite public.users',
        'scan public.users',
      ],
    ]);
  });

  test('sees the scan of a validation and the lock on the referenced table', async () => {
    const { lines } = await run(
      'alter table orders add constraint orders_user foreign key (user_id) references users (id)',
    );
    expect(lines[0]).toEqual(
      expect.arrayContaining([
        'lock public.orders SHARE ROW EXCLUSIVE',
        'lock public.users SHARE ROW EXCLUSIVE',
        'scan public.orders',
      ]),
    );
  });

  test('reports an index that is built, and not one that is adopted', async () => {
    const { lines } = await run(
      'create unique index users_email on users (email); alter table users add constraint users_email unique using index users_email',
    );
    expect(lines[0]).toContain('build-index public.users users_email');
    expect(lines[1]?.join()).not.toContain('build-index');
  });

  test('is not led astray by SET ROLE and search_path', async () => {
    const { lines } = await run(
      `create schema tricks; create view tricks.pg_locks as select 1; set local search_path = tricks, pg_catalog;
       set local role shop_owner;
       alter table public.users add nick text; reset role`,
    );
    expect(lines[4]).toEqual(['lock public.users ACCESS EXCLUSIVE']);
  });

  test('takes no marks of a serializable transaction for locks', async () => {
    const { lines } = await run('set transaction isolation level serializable; update users set age = 1 where id = 1');
    expect(lines).toEqual([[], ['lock public.users ROW EXCLUSIVE', 'lock public.users_pkey ROW EXCLUSIVE']]);
  });

  test('leaves client_min_messages as the migration set it', async () => {
    const { all } = await run(
      "set local client_min_messages = error; do $$ begin assert current_setting('client_min_messages') = 'debug1'; end $$; select 1",
    );
    expect(all.map(({ failure }) => failure)).toEqual([null, null, null]);
  });

  test('says nothing of tables made in the same transaction', async () => {
    const { lines } = await run('create table carts (id int); create index on carts (id); alter table carts add x int');
    expect(lines.flat()).toEqual([]);
  });

  test('stops at the first failure and keeps nothing', async () => {
    const { all, open } = await run('alter table users add nick text; alter table users add nick text; select 1');
    expect(all.map(({ failure }) => failure?.sqlstate)).toEqual([undefined, '42701']);
    const client = await open();
    await expect(client.query('select nick from users')).rejects.toThrow('nick');
    await client.end();
  });

  test('a block refuses CONCURRENTLY, as it would refuse the tool', async () => {
    const { all } = await run('create index concurrently users_age on users (age)', true);
    expect(all[0]?.failure?.sqlstate).toBe('25001');
  });

  test.each([
    ['create index concurrently users_age on users (age)', 'lock public.users SHARE UPDATE EXCLUSIVE'],
    ['drop index concurrently orders_user_id_idx', 'lock public.orders SHARE UPDATE EXCLUSIVE'],
    ['reindex table concurrently orders', 'lock public.orders SHARE UPDATE EXCLUSIVE'],
    ['vacuum users', 'lock public.users SHARE UPDATE EXCLUSIVE'],
    ['vacuum full users', 'lock public.users ACCESS EXCLUSIVE'],
  ])('outside a block it watches: %s', async (sql, lock) => {
    const { all, lines } = await run(sql, false);
    expect(all[0]).toMatchObject({ failure: null, complete: false });
    expect(lines[0]).toContain(lock);
  });
});

describe('a comparison', () => {
  const users: Relation = { schema: 'public', name: 'users', kind: 'table', age: 'existing' };
  const carts: Relation = { ...users, name: 'carts', age: 'this-transaction' };
  const index: Relation = { ...users, name: 'users_pkey', kind: 'index' };
  const basis = { cause: null, basis: 'predicted', certainty: 'will' } as const;
  const lock = (relation: Relation, mode: LockMode) =>
    ({ ...basis, kind: 'lock', relation, mode, until: 'commit' }) as const;
  const scan = (relation: Relation): Cost => ({ ...basis, kind: 'scan', relation });
  const measured = (...costs: Cost[]) => ({ costs, ms: 1, complete: true });

  test('confirms what both sides name and reports what one side names', () => {
    const { confirmed, unpredicted, unconfirmed } = compare(
      [lock(users, 'ACCESS EXCLUSIVE'), { ...basis, kind: 'rewrite', relation: users }],
      measured(lock(users, 'ACCESS EXCLUSIVE'), lock({ ...users, name: 'orders' }, 'SHARE')),
      [],
    );
    expect(confirmed.map(line)).toEqual(['lock public.users ACCESS EXCLUSIVE']);
    expect(unpredicted.map(line)).toEqual(['lock public.orders SHARE']);
    expect(unconfirmed.map(line)).toEqual(['rewrite public.users']);
  });

  test('a lock that an earlier statement holds leaves no trace', () => {
    const held = [lock(users, 'ACCESS EXCLUSIVE')];
    expect(compare([lock(users, 'SHARE')], measured(), held).unconfirmed).toEqual([]);
    expect(compare([lock(users, 'SHARE')], measured(), []).unconfirmed).toHaveLength(1);
  });

  test('the same lock predicted twice is still expected', () => {
    const twice = [lock(users, 'SHARE'), lock(users, 'SHARE')];
    expect(compare(twice, measured(), []).unconfirmed).toHaveLength(1);
  });

  test('only what is certain has to be confirmed', () => {
    const maybe: Cost = { ...scan(users), certainty: 'may' };
    expect(compare([maybe], measured(), []).unconfirmed).toEqual([]);
    expect(compare([maybe], measured(scan(users)), []).confirmed).toHaveLength(1);
  });

  test('a scan that a build of an index explains is not reported', () => {
    const build: Cost = { ...basis, kind: 'build-index', relation: users, index: 'users_age', rebuild: false };
    expect(compare([build], measured(build, scan(users)), []).unpredicted).toEqual([]);
    expect(compare([], measured(scan(users)), []).unpredicted).toHaveLength(1);
  });

  test('tables of the same transaction, and locks on indexes, are left out', () => {
    const { unpredicted, unconfirmed } = compare(
      [lock(carts, 'ACCESS EXCLUSIVE')],
      measured(lock(index, 'ACCESS SHARE')),
      [],
    );
    expect([unpredicted, unconfirmed]).toEqual([[], []]);
  });

  test('locks watched from outside may be missed, and count against nothing', () => {
    expect(compare([lock(users, 'SHARE')], { ...measured(), complete: false }, []).unconfirmed).toEqual([]);
  });

  test('a lock watched from outside may be on its way to the one predicted, not beyond it', () => {
    const watched = { ...measured(lock(users, 'SHARE')), complete: false };
    expect(compare([lock(users, 'ACCESS EXCLUSIVE')], watched, []).unpredicted).toEqual([]);
    expect(compare([lock(users, 'ROW SHARE')], watched, []).unpredicted).toHaveLength(1);
  });
});

const line = (cost: Cost): string => identity(cost).trim();
