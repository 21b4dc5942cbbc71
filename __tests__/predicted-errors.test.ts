import { beforeAll, describe, expect, test } from '@jest/globals';
import { analyzeMigration } from '../src/analysis/analyze-migration.ts';
import { emptyCatalog } from '../src/catalog/empty.ts';
import { DEFAULTS } from '../src/config/options.ts';
import type { CostOf } from '../src/model/effect.ts';
import { run } from '../src/run.ts';
import { loadParser, parse } from '../src/sql/parse.ts';
import { migrationOf } from '../rig/migration.ts';

const SCHEMA = `
  create table users (id bigint primary key, email text, state text default 'new');
  create table orders (id bigint primary key, user_id bigint references users (id), placed timestamptz);
  create table events (id bigint, day date not null) partition by range (day);
  create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
  create type state as enum ('new', 'paid');`;

const migration = migrationOf('', { transaction: 'per-statement' });

/** What is predicted to fail of the last statement. */
async function failures(sql: string, before = SCHEMA): Promise<CostOf<'fail'>[]> {
  const how = { migration, pg: 17 } as const;
  const { catalog } = analyzeMigration(await parse(before, '0.sql'), emptyCatalog(), {
    ...how,
    commits: 'existing',
    checkHistory: true,
  });
  const { steps } = analyzeMigration(await parse(sql, '1.sql'), catalog, { ...how, commits: 'this-pr' });
  return (steps.at(-1)?.costs ?? []).filter(cost => cost.kind === 'fail');
}

const states = async (sql: string, before?: string): Promise<string[]> =>
  (await failures(sql, before)).map(({ sqlstate, certainty }) => `${certainty} ${sqlstate}`);

beforeAll(loadParser);

describe('what the schema refuses is predicted', () => {
  test.each([
    ['alter table users add column email text', '42701'],
    ['alter table users drop column phone', '42703'],
    ['alter table users add primary key (email)', '42P16'],
    ['alter table orders add foreign key (user_id) references users (email)', '42830'],
    ['alter table orders add foreign key (placed) references users (id)', '42804'],
    ['alter table users alter column email type integer', '42804'],
    ['alter table users alter column state type state using state::state', '42804'],
    ['alter table users drop constraint missing', '42704'],
    ['alter table events add unique (id)', '0A000'],
    ['alter table events_2024 add column note text', '42809'],
    ['alter table events_2024 drop column day', '42P16'],
    ['create table users (id bigint)', '42P07'],
    ['create unique index on users using hash (email)', '0A000'],
    ['create index on orders (id) where placed > now()', '42P17'],
    ['insert into users (id, phone) values (1, 2)', '42703'],
    ['drop index users_pkey', '2BP01'],
    ['alter table events_2024 add column if not exists day date', '42809'],
    ['alter table events set (fillfactor = 70)', '42809'],
    ["alter type state add value 'paid'", '42710'],
  ])('%s: %s', async (sql, sqlstate) => {
    expect(await states(sql)).toEqual([`will ${sqlstate}`]);
  });

  test.each([
    'alter table users add column if not exists email text',
    'alter table users drop constraint if exists missing',
    'alter table users drop column email, add column email varchar(80)',
    'alter table users alter column state drop default, alter column state type state using state::state',
    'alter table users alter column email type varchar(80)',
    'alter table orders add foreign key (id) references users (id)',
    'alter table events add primary key (id, day)',
    'create or replace view people as select id from users',
    'alter table elsewhere add column email text',
    'alter table events set (toast.autovacuum_enabled = false)',
    'alter table events reset (fillfactor)',
    'truncate users, orders',
    'drop table users, orders',
  ])('%s: nothing', async sql => {
    expect(await states(sql)).toEqual([]);
  });

  test('what depends on it makes a failure certain', async () => {
    expect(await states('drop table users')).toEqual(['will 2BP01']);
    const referred = `${SCHEMA} alter table events add primary key (day);
      create table visits (day date references events);`;
    expect(await states('drop table events_2024', referred)).toEqual(['will 2BP01']);
    expect(await states('truncate events_2024', referred)).toEqual(['will 0A000']);
    expect(await states('drop table events_2024, visits', referred)).toEqual([]);
  });
});

describe('where the schema is not certain nothing is said', () => {
  const again = 'alter table users add column email text';
  test.each([
    ['a statement is not read', `${SCHEMA} do $$ begin execute format('drop table %I', current_user); end $$;`],
    [
      'a change stands under a condition',
      `${SCHEMA} do $$ begin if random() > 0.5 then alter table users drop column email; end if; end $$;`,
    ],
    ['what ran would have been refused', `${SCHEMA} alter table users add column state text;`],
  ])('%s', async (_, before) => {
    expect(await states(again, before)).toEqual([]);
  });
});

test('a history that would have been refused is read again, more closely', async () => {
  const failing = async (state: string): Promise<string[]> => {
    const files: Readonly<Record<string, string>> = {
      'db/1_users.up.sql': `${SCHEMA} ${state}`,
      'db/2_email.up.sql': 'alter table users add column email text;',
      'db/3_orders.up.sql': 'alter table orders drop column placed;',
      'db/3_orders.down.sql': 'alter table users drop column placed;',
    };
    const repo = { paths: Object.keys(files), read: (path: string) => Promise.resolve(files[path] ?? '') };
    const changed = repo.paths.slice(1).map(path => ({ path, status: 'added' as const }));
    const { findings } = await run({ repo, changed, options: DEFAULTS, mode: 'pull-request' });
    return findings.filter(({ rule }) => rule.startsWith('failing')).map(({ rule }) => rule);
  };
  expect(await failing('')).toEqual(['failing-statement', 'failing-rollback']);
  expect(await failing('alter table users add column state text;')).toEqual([]);
});

test('a new type makes the indexes of a partitioned table anew before those of its partitions', async () => {
  const before = `
    create table events (id bigint, age integer) partition by range (id);
    create table events_low partition of events for values from (0) to (1000);
    create index on events_low (age) where age > 0;`;
  const retyped = 'alter table events alter column age type bigint';
  expect(await states(retyped, `${before} create index on events (age);`)).toEqual(['will 42P07']);
  expect(await states(retyped, `${before} create index aged on events (id);`)).toEqual([]);
});
