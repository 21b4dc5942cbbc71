import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Server } from '../src/database/local.ts';
import { startLocal } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { loadParser } from '../src/sql/parse.ts';
import { predictor } from '../rig/ground-truth/predict.ts';
import { MAJORS, postgresBinaries } from '../rig/postgres-binaries.ts';

/** Rows are changed under a deferred constraint or trigger, and the table is altered before the transaction ends. */
jest.setTimeout(120_000);

const SCHEMA = `
  create function f() returns trigger language plpgsql as 'begin return null; end';
  create table p (id int primary key);
  create table c (id int primary key, p int constraint fk references p (id) deferrable initially deferred, n int);
  create table w (id int primary key, p int references p (id) deferrable);
  create table x (id int primary key, n int);
  create constraint trigger xt after update on x deferrable initially deferred for each row execute function f();
  insert into p values (1), (2);
  insert into c values (1, null, 1), (2, null, 1);
  insert into w values (1, null);
  insert into x values (1, 1);
`;
const ROWS = [
  'update c set p = 1',
  'update c set n = 2',
  'insert into c values (9, 1, 1)',
  'delete from c',
  'delete from p where id = 2',
  'update p set id = 3 where id = 2',
  'insert into p values (7)',
  'update w set p = 1',
  'update x set n = 2',
  'insert into x values (2, 2)',
  'update c set p = 1; set constraints all immediate',
  'update c set p = 1; set constraints fk immediate',
  'update c set p = 1; update x set n = 2; set constraints xt immediate',
];
const STATEMENTS = [
  'alter table c add column a int',
  'alter table c alter column n set not null',
  'alter table c alter column n type bigint',
  'alter table c validate constraint fk',
  'alter table c enable row level security',
  'alter table c rename to d',
  'alter table c rename column n to m',
  'alter table p add column a int',
  'alter table w add column a int',
  'alter table x add column a int',
  'create index on c (n)',
  'create index on x (n)',
  'truncate c',
  'drop table c',
  "comment on table c is 'c'",
  'reindex table c',
  'lock table c',
];

describe.each(MAJORS)('on Postgres %i', major => {
  let server: Server;
  let client: Client;
  let predict: Awaited<ReturnType<typeof predictor>>;
  beforeAll(async () => {
    await loadParser();
    server = await startLocal({ binaries: await postgresBinaries(major) });
    client = await connect(server.url);
    await client.query(SCHEMA);
    predict = await predictor(major, { server: [], extensions: [], schema: SCHEMA, session: '' });
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  test.each(ROWS)('%s', async rows => {
    const wrong: string[] = [];
    for (const sql of STATEMENTS) {
      await client.query('begin');
      for (const one of rows.split('; ')) await client.query(one);
      const answer = await client.query(sql).then(
        () => null,
        (error: unknown) => (error as { code: string }).code,
      );
      await client.query('rollback');
      const { costs } = await predict({ setup: '', before: rows, sql });
      const said = costs.some(cost => cost.kind === 'fail' && cost.sqlstate === '55006');
      if (said !== (answer === '55006')) wrong.push(`${sql}: ${answer ?? 'taken'}`);
    }
    expect(wrong).toEqual([]);
  });
});
