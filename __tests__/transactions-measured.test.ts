import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Server } from '../src/database/local.ts';
import { startLocal } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { loadParser } from '../src/sql/parse.ts';
import { loadDeparser } from '../src/sql/deparse.ts';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { file, found } from './helpers/found.ts';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import type { Message } from '../src/model/source.ts';

jest.setTimeout(120_000);

/** The facts that rules about transactions rest on, as a server has them. */
describe.each([13, 18])('transactions, on Postgres %i', major => {
  let server: Server;
  let client: Client;
  let other: Client;
  beforeAll(async () => {
    await Promise.all([loadParser(), loadDeparser()]);
    server = await startLocal({ binaries: await postgresBinaries(major) });
    client = await connect(server.url);
    other = await connect(server.url);
    await client.query(
      'create table live (id int primary key, a int); insert into live select g, g from generate_series(1, 1000) g',
    );
  });
  afterAll(async () => {
    await client.end();
    await other.end();
    await server.stop();
  });

  const code = (by: Client, sql: string): Promise<string | null> =>
    by.query(sql).then(
      () => null,
      (error: unknown) => (error as { code?: string }).code ?? 'unknown',
    );

  /** SQLSTATEs that are predicted for statements which a tool sends one by one, but for those of one message. */
  async function predicted(sql: string, messages: readonly Message[]): Promise<string[]> {
    const past = file('create table live (id int primary key, a int);', 0, 'per-statement', false);
    const migrations = [past, { ...file(sql, 1, 'per-statement', true), messages }];
    const analyzed = await analyzeHistory(
      { framework: 'goose', root: '.', migrations },
      { pg: major, mode: 'pull-request' },
    );
    return analyzed.flatMap(({ steps }) =>
      steps.flatMap(({ costs }) => costs.flatMap(cost => (cost.kind === 'fail' ? [cost.sqlstate] : []))),
    );
  }

  test('statements of one message are one transaction, which refuses CONCURRENTLY wherever it stands', async () => {
    const concurrently = 'create index concurrently i on live (a);';
    for (const sql of [`set search_path = public;\n${concurrently}`, `${concurrently}\nselect 1;`]) {
      expect(await code(client, sql)).toBe('25001');
      expect(await predicted(sql, [{ line: 1, endLine: 2 }])).toEqual(['25001']);
      expect(await predicted(sql, [])).toEqual([]);
    }
    expect(await code(client, concurrently)).toBeNull();
    expect(await predicted(concurrently, [{ line: 1, endLine: 1 }])).toEqual([]);
    // What fails at the end takes back what came before.
    expect(await code(client, 'alter table live add column gone int; select 1 / 0')).toBe('22012');
    expect(await code(client, 'select gone from live')).toBe('42703');
  });

  test('a foreign key of a new table makes writers of the other one wait behind whoever writes to it', async () => {
    await other.query('begin; update live set a = 0 where id = 1');
    const made = code(client, 'create table fresh (id int primary key, live_id int references live)');
    await new Promise(resolve => setTimeout(resolve, 300));
    const third = await connect(server.url);
    expect(await code(third, "set lock_timeout = '200ms'; update live set a = 0 where id = 2")).toBe('55P03');
    expect(await code(third, 'select count(*) from live')).toBeNull();
    await third.end();
    await other.query('commit');
    expect(await made).toBeNull();
  });

  test('two tables in one transaction, and a session that uses them in the other order, deadlock', async () => {
    await client.query('create table second (id int primary key)');
    await client.query('begin; alter table live add column x int');
    await other.query('begin; select 1 from second');
    const waits = code(client, 'alter table second add column x int');
    await new Promise(resolve => setTimeout(resolve, 200));
    const codes = [await code(other, 'select 1 from live'), null];
    await other.query('rollback');
    codes[1] = await waits;
    expect(codes).toContain('40P01');
    await client.query('rollback');
    const sql = 'alter table live add column x int;\nalter table second add column x int;';
    const { at } = await found(
      'create table live (id int primary key, a int); create table second (id int primary key);',
      [sql],
    );
    expect(at).toEqual(['1:1 warning lock-without-timeout']);
  });

  test('a swap in one transaction never leaves the name out', async () => {
    await client.query('create table ev (id int); create table ev_new (id int)');
    await client.query('begin; alter table ev rename to ev_old; alter table ev_new rename to ev');
    const read = code(other, 'select id from ev');
    await client.query('commit');
    expect(await read).toBeNull();
  });

  test('a table that was emptied in the transaction is not read again', async () => {
    await client.query('begin; truncate fresh, live');
    const { rows } = await client.query('explain (analyze, timing off) select * from live where a is null');
    expect(JSON.stringify(rows)).toContain('rows=0');
    const size = async (): Promise<unknown> => (await client.query("select pg_relation_size('live') as size")).rows[0];
    expect(await size()).toEqual({ size: '0' });
    await client.query('alter table live alter a type bigint, alter a set not null; create index on live (a)');
    expect(await size()).toEqual({ size: '0' });
    await client.query('rollback');
  });

  test('a column that was added in the transaction is null in every row', async () => {
    await client.query('begin; alter table live add column n int');
    const changed = await client.query('update live set n = a where n is null');
    expect(changed.rowCount).toBe(1000);
    await client.query('rollback');
  });
});
