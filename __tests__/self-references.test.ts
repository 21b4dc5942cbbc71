import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Server } from '../src/database/local.ts';
import { startLocal } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { loadParser } from '../src/sql/parse.ts';
import { predictor } from '../rig/ground-truth/predict.ts';
import { MAJORS, postgresBinaries } from '../rig/postgres-binaries.ts';

/** Foreign keys whose check reads all rows, whatever index there is, and those whose check reads none. */
jest.setTimeout(120_000);

const SCHEMA = `
  create table o (id int primary key);
  create table t (id int primary key, p int);
  create index on t (p, id);
  insert into t select i, i from generate_series(1, 20000) i;
`;
const STATEMENTS = [
  'alter table t add foreign key (p) references t',
  'alter table t add foreign key (id) references t',
  'alter table t add foreign key (p) references t not valid',
  'alter table t add column q int references o',
  'alter table t add column q int default null references o',
  'alter table t add column q int references t',
];

describe.each(MAJORS)('on Postgres %i', major => {
  let server: Server;
  let client: Client;
  beforeAll(async () => {
    await loadParser();
    server = await startLocal({ binaries: await postgresBinaries(major) });
    client = await connect(server.url);
    await client.query(SCHEMA);
    await client.query('vacuum analyze t');
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  const read = async (): Promise<number> => {
    const { rows } = await client.query<{ n: string }>(
      "select seq_tup_read as n from pg_stat_xact_user_tables where relname = 't'",
    );
    return Number(rows[0]?.n);
  };

  test.each(STATEMENTS)('%s', async sql => {
    await client.query('begin');
    const before = await read();
    await client.query(sql);
    const rows = (await read()) - before;
    await client.query('rollback');
    const predict = await predictor(major, { server: [], extensions: [], schema: SCHEMA, session: '' });
    const { costs } = await predict({ setup: '', sql });
    const said = costs.some(cost => cost.kind === 'scan' && cost.certainty === 'will' && cost.relation.name === 't');
    expect(said).toBe(rows >= 20_000);
  });
});
