import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULTS } from '../src/config/options.ts';
import { EMBEDDED_MAJOR, embeddedTestServer } from '../src/database/embedded-test-server.ts';
import { TRUSTED, UNTRUSTED } from '../src/database/embedded.ts';
import { openTestServer } from '../src/database/open-test-server.ts';
import type { TestServer, TestDatabase } from '../src/database/test-server.ts';
import type { Client } from '../src/database/service.ts';
import type { Report } from '../src/model/report.ts';
import { run } from '../src/run.ts';
import { sideModule } from './helpers/side-module.ts';

/** Two seconds of start on a machine that does nothing else. */
jest.setTimeout(120_000);

let place: TestServer;
let database: TestDatabase;
beforeAll(async () => {
  place = embeddedTestServer();
  database = await place.create();
});
afterAll(() => place.close());

/** In a session of its own: rows, or the SQLSTATE of the statement that failed. */
async function ask(...statements: string[]): Promise<unknown> {
  return await asking(database, ...statements);
}

async function asking(of: TestDatabase, ...statements: string[]): Promise<unknown> {
  const client = await of.open();
  try {
    let rows: unknown[] = [];
    for (const sql of statements) ({ rows } = await client.query<Record<string, unknown>>(sql));
    return rows;
  } catch (error) {
    return (error as { code?: unknown }).code ?? error;
  } finally {
    await client.end();
  }
}

/** As whoever has got past the role without rights. */
const AS_SUPERUSER = 'set session authorization postgres';

describe('a session', () => {
  test('speaks as pg does: parameters, types, and errors with SQLSTATE and position', async () => {
    const client = await database.open();
    const { rows } = await client.query('select $1::int as n, $2::bigint as big, array[1, 2] as list', [7, '8']);
    expect(rows).toEqual([{ n: 7, big: '8', list: [1, 2] }]);
    await expect(client.query('select 1, nmae')).rejects.toMatchObject({ code: '42703', position: '11' });
    await expect(client.query('select $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' });
    await client.end();
  });

  test('is of the version that it is said to be of', async () => {
    expect(await ask("select current_setting('server_version_num')::int / 10000 as major")).toEqual([
      { major: EMBEDDED_MAJOR },
    ]);
  });

  test('finds nothing that the one before it did not commit', async () => {
    const state =
      "select current_user::text, current_setting('search_path') as path, to_regclass('pg_temp.drafts') as drafts";
    const fresh = await ask(state);
    const client = await database.open();
    await client
      .query('create temp table drafts (id int); set search_path to nowhere; create role app; set role app')
      .catch(() => undefined);
    await client.query('rollback; begin; create table users (id int)');
    await client.end();
    expect(await ask(state)).toEqual(fresh);
    expect(await ask('select from users')).toBe('42P01');
  });

  test('is the only one', async () => {
    const client = await database.open();
    await expect(database.open()).rejects.toThrow('one session at a time');
    await client.end();
    expect(await ask('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('that leaves at once after an error does not leave its answer to the next one', async () => {
    for (let round = 0; round < 20; round += 1) expect(await ask('select nmae')).toBe('42703');
    expect(await ask('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('has no rows to copy, and says so', async () => {
    expect(await ask('create table users (id int)', 'copy users from stdin')).toBe('57014');
    expect(await ask('select * from users')).toEqual([]);
  });
});

describe('a database', () => {
  test('is copied with all that is in it, and goes its own way then', async () => {
    await ask(
      'create extension citext',
      'create table customers (email citext)',
      "insert into customers values ('A@b.c')",
    );
    const copy = await place.create(database);
    expect(await asking(copy, "select email from customers where email = 'a@B.C'")).toEqual([{ email: 'A@b.c' }]);
    await asking(copy, 'drop table customers');
    expect(await ask('select count(*)::int from customers')).toEqual([{ count: 1 }]);
  });

  test('has the roles that migrations name, those named later too', async () => {
    expect(await place.role('app')).toBe(true);
    expect(await place.role('app')).toBe(false);
    const client = await database.open();
    await place.role('reader');
    await client.query('set role reader');
    await client.end();
    expect(await asking(await place.create(), 'set role app', 'select current_user::text')).toEqual([
      { current_user: 'app' },
    ]);
  });

  test('has the extensions that it is said to have, and no others', async () => {
    const names = 'select array_agg(distinct name::text) as names from pg_available_extension_versions';
    expect(await ask(`${names} where trusted and name <> 'plpgsql'`)).toEqual([{ names: [...TRUSTED].sort() }]);
    expect(await ask(`${names} where not trusted`)).toEqual([{ names: [...UNTRUSTED] }]);
    expect(await ask('create extension file_fdw')).toBe('0A000');
  });

  test('of another version is refused where it must be that one', async () => {
    await expect(openTestServer({ database: 'embedded', major: 13, throwAway: null, exactly: true })).rejects.toThrow(
      'version 13 is not available',
    );
  });
});

describe('hostile SQL', () => {
  /** What becomes of a session in which a statement never answers, or answers too much. */
  const lost = async (statements: readonly string[], patienceMs = 1500): Promise<unknown> => {
    const theirs = embeddedTestServer();
    const client: Client = await (await theirs.create()).open();
    const gone = (async (): Promise<unknown> => {
      for (const sql of statements) await client.query(sql);
      return 'it came through';
    })().catch((error: unknown) => error);
    await Promise.race([gone, new Promise(resolve => setTimeout(resolve, patienceMs))]);
    await theirs.close();
    return await gone;
  };

  test('of a superuser reads and writes no file of the machine', async () => {
    for (const sql of [
      "select pg_read_file('/etc/passwd')",
      "select pg_read_file('/proc/self/environ')",
      "select lo_import('/etc/passwd')",
      "create table loot (line text); copy loot from '/etc/passwd'",
    ])
      expect(await ask(AS_SUPERUSER, sql)).toBe('58P01');
    const loot = join(tmpdir(), 'migration-gate-embedded-loot');
    await ask(AS_SUPERUSER, `copy (select 1) to '${loot}'`);
    expect(existsSync(loot)).toBe(false);
  });

  test('of a superuser who loads a library of his own runs no code in its process', async () => {
    const library = sideModule('0, process.exit()').toString('hex');
    const load = (path: string): Promise<unknown> =>
      ask(
        AS_SUPERUSER,
        `select lo_from_bytea(4711, '\\x${library}')`,
        `select lo_export(4711, '${path}')`,
        `load '${path}'`,
      );
    expect(await load('/tmp/own.so')).toBe('XX000');
    expect(await ask('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('of a superuser runs no program', async () => {
    const loot = join(tmpdir(), 'migration-gate-embedded-program');
    expect(await lost([AS_SUPERUSER, `copy (select 1) to program 'touch ${loot}'`])).toMatchObject({
      message: expect.stringContaining('the embedded Postgres has exited'),
    });
    expect(existsSync(loot)).toBe(false);
  });

  test.each([
    'select pg_sleep(1e9)',
    'do $$ begin loop end loop; end $$',
    'select count(*) from generate_series(1, 1e15)',
  ])('that never ends is ended with its process: %s', async sql => {
    expect(await lost([sql])).toMatchObject({ message: expect.stringContaining('the embedded Postgres has exited') });
  });

  test('that answers without end is cut off', async () => {
    expect(await lost(["select repeat('x', 100000000) from generate_series(1, 9)"], 30_000)).toMatchObject({
      message: expect.stringContaining('the result of a statement is too large'),
    });
  });

  test('that fills the disk is told that it is full', async () => {
    const theirs = embeddedTestServer();
    const answer = await asking(
      await theirs.create(),
      'create table blobs (bytes text); alter table blobs alter bytes set storage external',
      "insert into blobs select repeat('x', 100000000) from generate_series(1, 20)",
    );
    await theirs.close();
    expect(answer).toBe('53100');
  });

  test('drops no database, and cannot make one', async () => {
    expect(await ask('drop database postgres')).toBe('55006');
    expect(await ask('create database other')).toBe('42501');
    expect(await ask(AS_SUPERUSER, 'drop database postgres')).toBe('55006');
  });
});

describe('what one session cannot see', () => {
  const prove = async (files: Readonly<Record<string, string>>, pg: number = EMBEDDED_MAJOR): Promise<Report> => {
    const named = new Map(Object.entries(files).map(([name, sql]) => [`migrations/${name}.sql`, sql]));
    const repo = { paths: [...named.keys()], read: (path: string) => Promise.resolve(named.get(path) ?? '') };
    const options = { ...DEFAULTS, 'postgres-version': pg, database: 'embedded' };
    return await run({ repo, changed: [], options, mode: 'audit' });
  };
  const FILES = {
    '1_users.up': 'create table users (id bigint primary key, email text);',
    '2_email.up': 'create index concurrently users_email on users (email);',
  };

  test('is a blind spot at its statement', async () => {
    const { blindSpots, migrations } = await prove(FILES);
    expect(blindSpots).toEqual([
      {
        kind: 'unproven',
        allowed: null,
        span: { file: 'migrations/2_email.up.sql', line: 1, endLine: 1 },
        because: expect.stringContaining('its locks and scans were not measured'),
      },
    ]);
    const traced = migrations[1]?.statements[0]?.traced;
    expect(traced?.confirmed.map(({ kind }) => kind)).toEqual(['build-index']);
    expect([traced?.unpredicted, traced?.unconfirmed]).toEqual([[], []]);
  });

  test('and predictions for another version are not compared', async () => {
    const { notes } = await prove(FILES, 17);
    expect(notes[0]).toContain(`Measured on Postgres ${EMBEDDED_MAJOR}, because 17 is not available`);
  });
});
