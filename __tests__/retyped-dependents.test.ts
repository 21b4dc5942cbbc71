import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Server } from '../src/database/local.ts';
import { startLocal } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { loadParser } from '../src/sql/parse.ts';
import { predictor } from '../rig/ground-truth/predict.ts';
import { postgresBinaries } from '../rig/postgres-binaries.ts';

/** A column that something compares gets another type: what is predicted to fail fails, and the other way round. */
jest.setTimeout(120_000);

const OLD: Readonly<Record<string, readonly [type: string, value: string]>> = {
  text: ['text', "'a'"],
  varchar: ['varchar(20)', "'a'"],
  integer: ['int', '1'],
  bigint: ['bigint', '1'],
  numeric: ['numeric', '1'],
  timestamp: ['timestamp', "'2020-01-01'"],
  date: ['date', "'2020-01-01'"],
  uuid: ['uuid', "'00000000-0000-0000-0000-000000000000'"],
  boolean: ['bool', 'true'],
  enum: ['e1', "'a'"],
};
const NEW = ['e2', 'text', 'varchar(30)', 'bigint', 'int', 'numeric', 'uuid', 'timestamptz', 'date', 'bool', 'jsonb'];
const DEPENDENTS: Readonly<Record<string, (value: string) => string>> = {
  'a check that compares it': value => `alter table t add constraint k check (c <> ${value})`,
  'a check with a list': value => `alter table t add constraint k check (c in (${value}, ${value}))`,
  'a check with BETWEEN': value => `alter table t add constraint k check (c between ${value} and ${value})`,
  'a check against a column': () => 'alter table t add constraint k check (c <> d)',
  'a check that it is there': () => 'alter table t add constraint k check (c is not null)',
  'a partial index': value => `create index i on t (id) where c = ${value}`,
  'a partial index of its nulls': () => 'create index i on t (id) where c is null',
  'a generated column': value => `alter table t add column g bool generated always as (c = ${value}) stored`,
  'a view': () => 'create view v as select c from t',
};
/** Of a varchar the cast to text is in the expression, and may be one that is not immutable: not predicted. */
const UNPREDICTED = 'functions in index predicate must be marked IMMUTABLE';

const TYPES = "create type e1 as enum ('a', 'b'); create type e2 as enum ('a', 'b');";

describe('a column of another type, on Postgres 17', () => {
  let server: Server;
  let client: Client;
  let predict: Awaited<ReturnType<typeof predictor>>;
  beforeAll(async () => {
    await loadParser();
    server = await startLocal({ binaries: await postgresBinaries(17) });
    client = await connect(server.url);
    await client.query(TYPES);
    predict = await predictor(17, { server: [], extensions: [], schema: TYPES, session: '' });
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  const refused = async (sql: string): Promise<{ code: string; message: string } | null> => {
    try {
      await client.query(sql);
      return null;
    } catch (error) {
      return error as { code: string; message: string };
    }
  };
  test.each(Object.entries(OLD))('from %s', async (_, [type, value]) => {
    const wrong: string[] = [];
    for (const to of NEW)
      for (const [what, dependent] of Object.entries(DEPENDENTS)) {
        const setup = `create table t (id int, c ${type}, d ${type}); ${dependent(value)}`;
        const retype = `alter table t alter column c type ${to} using c::text::${to}`;
        await client.query('drop table if exists t cascade');
        if (await refused(setup)) continue;
        const answer = await refused(retype);
        const { costs } = await predict({ setup, sql: retype });
        const said = costs.flatMap(cost => (cost.kind === 'fail' && cost.certainty === 'will' ? [cost.sqlstate] : []));
        if (answer === null ? said.length > 0 : !said.includes(answer.code) && !answer.message.includes(UNPREDICTED))
          wrong.push(`${what}, ${type} to ${to}: ${answer?.message ?? 'taken'}; predicted: ${said.join() || 'taken'}`);
      }
    expect(wrong).toEqual([]);
  });
});
