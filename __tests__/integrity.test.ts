import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { extrapolate } from '../src/rehearse/rows/extrapolate.ts';
import { ask, broken, checksOf } from '../src/rehearse/integrity/checks.ts';
import { caused, readResidue } from '../src/rehearse/integrity/residue.ts';
import { fingerprintRows, lostRows } from '../src/rehearse/integrity/rows.ts';

const CHECKS = `-- must return no rows
select * from orders where total < 0;
-- must not change
select sum(total) from orders;
-- must be between 1 and 3
select count(*) from users;`;

describe.each([13, 18])('integrity on Postgres %i', major => {
  let server: Server;
  let client: Client;
  beforeAll(async () => {
    server = await startLocal({ binaries: await postgresBinaries(major) });
    client = await connect(server.url);
    await client.query(`create table users (id serial primary key, email text, age int);
      insert into users (email, age) values ('a', 1), ('b', 2);
      create table orders (user_id int, total int); insert into orders values (1, 5), (2, 7);`);
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  test('what a migration loses, leaves and breaks is seen, and nothing else', async () => {
    const checks = checksOf('checks.sql', CHECKS);
    const before = [await fingerprintRows(client), await readResidue(client), await ask(client, checks)] as const;
    expect(lostRows(before[0], await fingerprintRows(client))).toEqual([]);
    await client.query(`alter table users drop column age; alter table users add column born date;
      insert into users (id, email) values (50, 'c'), (51, 'd');
      delete from orders where user_id = 2; update orders set total = -1, user_id = 99;
      alter table orders add constraint of_user foreign key (user_id) references users not valid;`);
    const lost = lostRows(before[0], await fingerprintRows(client)).map(({ message }) => message);
    expect(lost).toEqual(['public.orders had 2 rows and now has 1']);
    expect([...caused(before[1], await readResidue(client)).keys()].sort()).toEqual([
      'constraint of_user of orders is NOT VALID',
      'orders has rows that violate foreign key of_user to users',
      'sequence users_id_seq is behind users.id',
    ]);
    expect(broken(before[2], await ask(client, checks)).map(({ message }) => message)).toEqual([
      'checks.sql:1 must return no rows, but returned 1.',
      'checks.sql:3 must not change, but changed.',
      'checks.sql:5 must be between 1 and 3, but is 4.',
    ]);
  });
});

const TABLE = { oid: 1, hidden: false, count: '2' };

test('a dropped column and changed values are lost data', () => {
  const before = new Map([['orders', { ...TABLE, columns: { total: '7', note: '1', empty: '' } }]]);
  const after = new Map([['orders', { ...TABLE, columns: { total: '8' } }]]);
  expect(lostRows(before, after).map(({ message }) => message)).toEqual([
    'the values of orders.total are different',
    'the values of orders.note are gone',
  ]);
});

test('two scales tell the time at a third', () => {
  const samples = [
    { rows: 1000, ms: 15 },
    { rows: 2000, ms: 25 },
  ] as const;
  expect(extrapolate(samples, 100_000, 'linear')).toBeCloseTo(1005);
  expect(extrapolate(samples, 100_000, 'n log n')).toBeGreaterThan(1005);
  expect(() => extrapolate([samples[1], samples[0]], 1, 'linear')).toThrow(RangeError);
});
