import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { MAJORS, postgresBinaries } from '../rig/postgres-binaries.ts';

/** What `lock-without-timeout` says of two tables: a session that uses them in another order deadlocks. */
jest.setTimeout(120_000);

describe.each(MAJORS)('on Postgres %i', major => {
  let server: Server;
  let migration: Client;
  let application: Client;
  beforeAll(async () => {
    server = await startLocal({ binaries: await postgresBinaries(major) });
    [migration, application] = [await connect(server.url), await connect(server.url)];
    await migration.query('create table users (id int); create table orders (id int)');
    await migration.query("set deadlock_timeout = '50ms'");
    await application.query("set deadlock_timeout = '50ms'");
  });
  afterAll(async () => {
    await migration.end();
    await application.end();
    await server.stop();
  });

  const outcome = (sent: Promise<unknown>): Promise<string> =>
    sent.then(
      () => 'done',
      (error: unknown) => (error as { code: string }).code,
    );
  const meet = async (first: string, second: string): Promise<string[]> => {
    await migration.query('begin; alter table users add column x int');
    await application.query(`begin; select * from ${first}`);
    const migrated = outcome(migration.query('alter table orders add column x int; rollback'));
    const read = outcome(application.query(`select * from ${second}; rollback`));
    const ends = await Promise.all([migrated, read]);
    await migration.query('rollback');
    await application.query('rollback');
    return ends.sort();
  };

  test('one that uses them in the other order is canceled, or the migration is', async () => {
    expect(await meet('orders', 'users')).toEqual(['40P01', 'done']);
  });
});
