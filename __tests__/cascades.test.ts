import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { analyzeHistory } from '../src/analysis/analyze-history.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { introspect } from '../src/measure/introspect.ts';
import type { Step } from '../src/model/step.ts';
import { lostWith, namedBy } from '../src/rules/shared/lost-objects.ts';
import { loadDeparser } from '../src/sql/deparse.ts';
import { loadParser } from '../src/sql/parse.ts';
import { outline } from '../rig/ground-truth/outline.ts';
import { MAJORS, postgresBinaries } from '../rig/postgres-binaries.ts';
import { file, found } from './helpers/found.ts';

/** What CASCADE takes along is named as the server's notice names it, and is gone from the schema. */
jest.setTimeout(120_000);

const SCHEMA = `
  create extension citext;
  create extension pgcrypto;
  create extension btree_gist;
  create extension pg_trgm;
  create schema app;
  create type app.level as enum ('low', 'high');
  create type mood as enum ('sad', 'happy');
  create type pair as (a int, m mood);
  create domain short as text check (length(value) < 9);
  create domain shorter as short check (length(value) < 5);
  create function double(n int) returns int language sql immutable as 'select n * 2';
  create function stamp() returns trigger language plpgsql as 'begin return new; end';
  create function of_mood(m mood) returns int language sql as 'select 1';
  create sequence numbers;
  create table users (
    id bigint primary key, m mood not null default 'sad', name short, nick shorter, email citext unique,
    key text default encode(gen_random_bytes(4), 'hex'), n int default double(2), constraint even check (double(n) > 0),
    g int generated always as (double(1)) stored, nr bigint default nextval('numbers')
  );
  create table app.items (id bigint primary key, user_id bigint constraint of_user references users, m mood);
  create table logs (id bigint, m mood, what text default 'x', at timestamptz) partition by range (at);
  create table logs_1 partition of logs for values from ('2020-01-01') to ('2021-01-01');
  create index n_double on users (double(n));
  create index name_trgm on users using gin (key gin_trgm_ops);
  create index by_mood on users (m);
  create index logs_double on logs (double(id::int));
  alter table app.items add constraint one_user exclude using gist (user_id with =);
  create view moods as select id, m from users;
  create view of_moods as select id from moods;
  create materialized view emails as select email from users;
  create view doubled as select double(n) as d from users;
  create trigger stamped before update on users for each row execute function stamp();
  create trigger logged before insert on logs for each row execute function stamp();
  alter table users enable row level security;
  create policy own on users using (double(n) = 2);
  create policy items_own on app.items using (exists (select 1 from users u where u.id = user_id));
  create type shape as (x int, y int);
  create table shapes of shape;
  create table parents (id int, p text, l app.level);
  create table kids (k int) inherits (parents);
`;
const DROPS = [
  'drop type mood cascade',
  'drop type pair cascade',
  'drop type shape cascade',
  'drop domain short cascade',
  'drop domain shorter cascade',
  'drop function double cascade',
  'drop function double(int) cascade',
  'drop function stamp() cascade',
  'drop function of_mood cascade',
  'drop extension citext cascade',
  'drop extension pgcrypto cascade',
  'drop extension btree_gist cascade',
  'drop extension pg_trgm cascade',
  'drop extension citext, pgcrypto cascade',
  'drop schema app cascade',
  'drop sequence numbers cascade',
  'drop table users cascade',
  'drop table users, app.items cascade',
  'drop table logs cascade',
  'drop table parents cascade',
  'drop view moods cascade',
  'alter table users drop column m cascade',
  'alter table users drop column id cascade',
  'alter table users drop constraint users_pkey cascade',
  'alter table users drop column n cascade, drop column email cascade',
  'drop index by_mood cascade',
];

async function stepOf(sql: string, pg: number): Promise<Step> {
  const migrations = [file(SCHEMA, 0, 'whole-file', false), file(sql, 1, 'whole-file', true)];
  const history = { framework: 'plain-sql', root: 'migrations', migrations };
  const [analyzed] = await analyzeHistory(history, { pg, mode: 'pull-request' });
  const [step] = analyzed?.steps ?? [];
  if (!step) throw new Error(`not analyzed: ${sql}`);
  return step;
}

/** `drop cascades to view moods`, alone or in the detail. */
const noticed = (text: string): string[] =>
  text.split('\n').flatMap(line => /^drop cascades to (?!\d+ other objects)(.*)$/.exec(line)?.[1] ?? []);

beforeAll(async () => {
  await Promise.all([loadParser(), loadDeparser()]);
});

describe.each(MAJORS)('on Postgres %i', major => {
  let server: Server;
  let client: Client;
  const notices: string[] = [];
  /** What the catalog does not keep: the columns of a table OF a type. */
  let unkept: ReadonlySet<string>;
  beforeAll(async () => {
    server = await startLocal({ binaries: await postgresBinaries(major) });
    client = await connect(server.url);
    client.on('notice', ({ message = '', detail = '' }) => notices.push(message, detail));
    await client.query(SCHEMA);
    const kept = new Set(outline((await stepOf('select 1', major)).before));
    unkept = new Set(outline(await introspect(client)).filter(line => !kept.has(line)));
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  const isNoticed = (name: string, sql: string): boolean =>
    !(sql.includes('schema app') && /\bapp\./.test(name)) && !(major < 15 && name === 'column g of table users');

  test('all but the columns of a typed table is known', () => {
    expect([...unkept].filter(line => !line.startsWith('public.shapes'))).toEqual([]);
  });

  test.each(DROPS)('%s', async sql => {
    await client.query('begin');
    notices.length = 0;
    try {
      await client.query(sql);
      const there = outline(await introspect(client));
      const step = await stepOf(sql, major);
      const lost = lostWith(step, namedBy(step)).map(({ name }) => name);
      // Inside of the schema everything goes; the finding names the schema. Up to 14 a generated column goes without a word.
      const outside = noticed(notices.join('\n')).filter(name => isNoticed(name, sql));
      expect(lost.filter(name => isNoticed(name, sql)).sort()).toEqual(outside.sort());
      const here = outline(step.after);
      expect(here.filter(line => !there.includes(line))).toEqual([]);
      expect(there.filter(line => !here.includes(line) && !unkept.has(line))).toEqual([]);
    } finally {
      await client.query('rollback');
    }
  });
});

describe('the finding', () => {
  test.each<[sql: string, expected: string[], said: string]>([
    [
      'drop type mood cascade;',
      ['1:1 error cascade-drop'],
      'CASCADE also drops column m of composite type pair, column m of table app.items, column m of table logs and 5 more, which the migration does not name: their data is lost.',
    ],
    ['drop extension pgcrypto cascade;', ['1:1 warning cascade-drop'], 'default value for column key of table users'],
    ['drop extension pgcrypto;', ['1:1 error failing-statement'], 'default value of column key of users depends on it'],
    ['drop extension citext;', ['1:1 error failing-statement'], 'column email of table users has a type of it'],
    ['drop extension btree_gist;', ['1:1 error failing-statement'], 'index one_user depends on it'],
    [
      'drop schema app cascade;',
      ['1:1 error dropped-database'],
      'deletes every table in it. CASCADE also drops column l of table kids, column l of table parents',
    ],
    ['drop function of_mood cascade;', [], ''],
    ['create type fresh as enum (); drop type fresh cascade;', [], ''],
  ])('%s', async (sql, expected, said) => {
    const result = await found(SCHEMA, [sql]);
    expect(result.at).toEqual(expected);
    expect(result.said).toContain(said);
  });
});
