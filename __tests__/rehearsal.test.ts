import { beforeAll, describe, expect, test } from '@jest/globals';
import { delimiter } from 'node:path';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import type { Commands } from '../src/model/commands.ts';
import { DEFAULTS, type Options } from '../src/config/options.ts';
import { startLocal } from '../src/database/local.ts';
import { connect } from '../src/database/service.ts';
import type { Report } from '../src/model/report.ts';
import type { Ran } from '../src/model/commands.ts';
import { renderMarkdown } from '../src/render/markdown.ts';
import { renderText } from '../src/render/text.ts';
import { run } from '../src/run.ts';

const SHOP = `create table users (id bigserial primary key, email text, name varchar(50));
create table orders (id bigserial primary key, user_id bigint not null references users, total int, status text);`;

/** One changed migration after a history of one, in golang-migrate's layout. */
async function rehearse(
  pg: number,
  change: { up: string; down?: string; also?: Readonly<Record<string, string>> },
  options: Partial<Options> = {},
  commands: Commands = {},
): Promise<Report> {
  const files = new Map([
    ['migrations/1_shop.up.sql', SHOP],
    ['migrations/1_shop.down.sql', 'drop table orders; drop table users;'],
    ['migrations/2_change.up.sql', change.up],
    ...(change.down === undefined ? [] : [['migrations/2_change.down.sql', change.down] as const]),
    ...Object.entries(change.also ?? {}),
  ]);
  const repo = { paths: [...files.keys()], read: (path: string) => Promise.resolve(files.get(path) ?? '') };
  return await run({
    repo,
    changed: [{ path: 'migrations/2_change.up.sql', status: 'added' }],
    options: { ...DEFAULTS, 'postgres-version': pg, database: 'local', ...options },
    mode: 'pull-request',
    commands,
  });
}

const DATA = /rows$|^lossy|^leftover|^integrity|rollback$|^failing/;
const found = ({ findings }: Report): string[] =>
  findings
    .filter(({ rule }) => DATA.test(rule) && rule !== 'missing-rollback')
    .map(({ rule, severity, category, message }) => `${rule} ${severity} ${category}: ${message}`);

describe.each([13, 18])('a rehearsal on Postgres %i', pg => {
  beforeAll(async () => {
    process.env.PATH = `${await postgresBinaries(pg)}${delimiter}${process.env.PATH ?? ''}`;
  }, 120_000);

  test('says for how long whom a rewrite stopped, what it wrote, and what it takes in production', async () => {
    const up = 'alter table orders alter column total type bigint;';
    const report = await rehearse(pg, { up }, { 'row-counts': ['orders: 12_000_000'] });
    expect(found(report)).toEqual([]);
    const [migration] = report.migrations;
    expect(migration?.rehearsal?.tables).toEqual([
      { name: 'public.users', rows: 1000 },
      { name: 'public.orders', rows: 1000 },
    ]);
    const rehearsed = migration?.statements[0]?.rehearsed;
    expect(rehearsed?.blocked.map(({ table, use }) => `${use} ${table}`).sort()).toEqual([
      'read public.orders',
      'write public.orders',
    ]);
    // Behind the reader of 200 ms.
    for (const { longest } of rehearsed?.blocked ?? []) expect(longest).toBeGreaterThan(100);
    expect(rehearsed?.walBytes).toBeGreaterThan(20_000);
    expect(rehearsed?.bytesAfter).toBeGreaterThan(50_000);
    const [forecast] = rehearsed?.forecasts ?? [];
    expect(forecast).toMatchObject({ table: 'public.orders', rows: 12_000_000, fit: 'linear' });
    expect(forecast?.ms).toBeGreaterThan(forecast?.samples[1].ms ?? Infinity);
    const comment = renderMarkdown(report, { limit: 60_000 });
    expect(comment).toMatch(/Dry run: migrations\/2\\_change.up.sql blocked (reads|writes) of orders for \d+ ms/);
    expect(comment).toContain('```mermaid\ngantt');
    expect(renderText(report)).toMatch(/line 1: about .* at 12,000,000 rows of orders/);
  }, 60_000);

  test('what rows refuse is a warning, and an error when the rows are those of a seed', async () => {
    const up = 'create unique index orders_status on orders (status);';
    expect(found(await rehearse(pg, { up }))).toEqual([
      expect.stringContaining(
        'failing-on-rows warning data: With rows that the schema allows, 2_change fails: could not create unique index',
      ),
    ]);
    const also = {
      'seeds/1.sql': "insert into users (email) values ('a@b.example');",
      'seeds/2.sql': "insert into orders (user_id, status) values (1, 'new'), (1, 'new');",
    };
    expect(found(await rehearse(pg, { up, also }, { seed: ['seeds/*.sql'] }))).toEqual([
      expect.stringContaining('failing-on-rows error data: With rows that the seed creates, 2_change fails'),
    ]);
  }, 60_000);

  test('a down migration that loses values, or fails on rows, is distinguished from one that keeps them', async () => {
    const lossy = { up: 'alter table orders drop column status;', down: 'alter table orders add column status text;' };
    expect(found(await rehearse(pg, lossy))).toEqual([
      'lossy-rollback notice rollback: After applying and rolling back 2_change, the values of public.orders.status are different.',
    ]);
    const refused = {
      up: 'alter table orders alter column user_id drop not null; update orders set user_id = null;',
      down: 'alter table orders alter column user_id set not null;',
    };
    expect(found(await rehearse(pg, refused))).toEqual([
      expect.stringContaining(
        'failing-rollback error rollback: On tables with rows, the down migration of 2_change fails',
      ),
    ]);
    const sound = { up: 'alter table orders add column note text;', down: 'alter table orders drop column note;' };
    expect(found(await rehearse(pg, sound))).toEqual([]);
  }, 60_000);

  test('what is left half done, and what queries must answer, is checked', async () => {
    const up = `insert into users (id, email) values (700000, 'x');
      alter table orders add constraint positive check (id > 0) not valid;
      alter table users disable trigger user; update orders set status = 'lost';`;
    const also = {
      'checks/money.sql':
        "-- must return no rows\nselect 1 from orders where status = 'lost';\n-- must not change\nselect count(*) from orders;",
    };
    const checks = ['checks/*.sql', 'must be between 1 and 5000: select count(*) from users'];
    expect(found(await rehearse(pg, { up, also }, { 'integrity-checks': checks }))).toEqual([
      'leftover notice data: After 2_change, constraint positive of orders is NOT VALID.',
      'leftover warning data: After 2_change, sequence users_id_seq is behind users.id.',
      'integrity-check error data: After 2_change, checks/money.sql:1 must return no rows, but returned 1000.',
    ]);
  }, 60_000);

  test('a migration that gives up at lock_timeout behind the reader is run once more without it', async () => {
    const report = await rehearse(pg, { up: "set lock_timeout = '50ms';\nalter table orders drop column status;" });
    const [, dropped] = report.migrations[0]?.statements ?? [];
    expect(dropped?.rehearsed?.lockTimeout).toBe(true);
    expect(dropped?.rehearsed?.bytesAfter).not.toBeNull();
    expect(renderText(report)).toContain('line 2 gives up at lock_timeout');
  }, 60_000);

  test('made keys are not those that migrations insert, and a key that cannot be avoided is no failure', async () => {
    const far = await rehearse(pg, { up: "insert into users (id, email) values (1, 'admin@shop.example');" });
    expect(found(far).filter(line => line.startsWith('failing'))).toEqual([]);
    expect(far.notes).toEqual([]);
    const near = await rehearse(pg, { up: "insert into users (id, email) values (1000001, 'admin@shop.example');" });
    expect(found(near).filter(line => line.startsWith('failing'))).toEqual([]);
    expect(near.notes.join()).toContain('could not be fully run on generated rows');
  }, 60_000);

  test('a migration that kills its own session in the rehearsal proves nothing', async () => {
    const up = `do $$ begin if exists (select from orders) then perform pg_terminate_backend(pg_backend_pid()); end if; end $$;
      alter table orders add column note text;`;
    await expect(rehearse(pg, { up })).rejects.toThrow('The migrations could not be tested');
  }, 60_000);

  test('a command of the repository fills the tables', async () => {
    const seen: string[] = [];
    const seed = async (address: string): Promise<Ran> => {
      seen.push(address);
      const client = await connect(address);
      await client.query("insert into users (name) values ('Ann'), ('Ann')").finally(() => client.end());
      return { failure: null, output: '', ms: 1 };
    };
    const change = { up: 'create unique index users_name on users (name);' };
    expect(found(await rehearse(pg, change, {}, { seed }))).toEqual([
      expect.stringContaining('failing-on-rows error data: With rows that the seed creates'),
    ]);
    expect(seen).toHaveLength(1);
    const failing = () => Promise.resolve({ failure: 'ended with status 1', output: 'no such table', ms: 1 });
    const report = await rehearse(pg, change, {}, { seed: failing });
    expect(found(report)).toContain(
      'failing-seed error failure: seed-command fails before 2_change: ended with status 1: no such table',
    );
  }, 60_000);
});

describe('several servers', () => {
  beforeAll(async () => {
    const binaries = await Promise.all([13, 17].map(postgresBinaries));
    process.env.PATH = [...binaries, process.env.PATH ?? ''].join(delimiter);
  }, 120_000);

  /** Since 15. */
  const UP = 'alter table users add constraint one_of_a_name unique nulls not distinct (name);';
  const failing = ({ findings }: Report): string[] =>
    findings.filter(({ rule }) => rule === 'failing-migration').map(({ message }) => message);

  test('what fails on another major version is found there', async () => {
    const report = await rehearse(17, { up: UP }, { 'generate-rows': 0, 'also-test-versions': ['13, 17'] });
    expect(failing(report)).toEqual([
      expect.stringMatching(/^On Postgres 13: The migration fails on Postgres 13: syntax error/),
    ]);
    expect(failing(await rehearse(17, { up: UP }, { 'generate-rows': 0 }))).toEqual([]);
  }, 60_000);

  test('addresses stand for their own versions', async () => {
    const servers = [
      await startLocal({ binaries: await postgresBinaries(17) }),
      await startLocal({ binaries: await postgresBinaries(13) }),
    ];
    try {
      const database = servers.map(({ url }) => url).join('\n');
      expect(failing(await rehearse(17, { up: UP }, { 'generate-rows': 0, database }))).toEqual([
        expect.stringMatching(/^On Postgres 13: /),
      ]);
    } finally {
      for (const server of servers) await server.stop();
    }
  }, 60_000);

  test('a version without binaries is no silence', async () => {
    const { PATH } = process.env;
    process.env.PATH = await postgresBinaries(17);
    try {
      const proof = rehearse(17, { up: UP }, { 'generate-rows': 0, 'also-test-versions': ['13'] });
      await expect(proof).rejects.toThrow('The binaries of Postgres 13 are not installed');
    } finally {
      process.env.PATH = PATH;
    }
  }, 60_000);
});

test('a dump that stands in for the history is what the change is applied to', async () => {
  process.env.PATH = `${await postgresBinaries(17)}${delimiter}${process.env.PATH ?? ''}`;
  const dump = `SET statement_timeout = 0;
CREATE TABLE public.customers (id bigint NOT NULL, email text);
ALTER TABLE public.customers OWNER TO app;
COPY public.customers (id, email) FROM stdin;
1\ta@shop.example
\\.
ALTER TABLE ONLY public.customers ADD CONSTRAINT customers_pkey PRIMARY KEY (id);`;
  const files = new Map([
    ['db/structure.sql', dump],
    ['migrations/1_old.up.sql', 'create table nobody_reads_this (;'],
    ['migrations/2_change.up.sql', 'alter table customers add column name text;'],
  ]);
  const repo = { paths: [...files.keys()], read: (path: string) => Promise.resolve(files.get(path) ?? '') };
  const report = await run({
    repo,
    changed: [{ path: 'migrations/2_change.up.sql', status: 'added' }],
    options: { ...DEFAULTS, 'postgres-version': 17, database: 'local', 'schema-dump': 'db/structure.sql' },
    mode: 'pull-request',
  });
  const [migration] = report.migrations;
  expect(migration?.statements[0]?.traced).toMatchObject({ unpredicted: [], unconfirmed: [] });
  expect(migration?.statements[0]?.traced?.confirmed.map(({ kind }) => kind)).toEqual(['lock']);
  expect(migration?.rehearsal?.tables).toEqual([{ name: 'public.customers', rows: 1000 }]);
  expect(report.blindSpots).toEqual([]);
}, 60_000);
