import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Server } from '../src/database/local.ts';
import { startLocal } from '../src/database/local.ts';
import { UNSEEN_PARTITIONS, type Cost } from '../src/model/effect.ts';
import { loadDeparser } from '../src/sql/deparse.ts';
import { loadParser } from '../src/sql/parse.ts';
import { bench, type Bench } from '../rig/ground-truth/live.ts';
import { predictor } from '../rig/ground-truth/predict.ts';
import { MAJORS, postgresBinaries } from '../rig/postgres-binaries.ts';
import { found } from './helpers/found.ts';

/** Partitions that a job made: what a server does with them is predicted of the table that the migrations show. */
jest.setTimeout(120_000);

const WORLD = { server: [], extensions: [], session: '' };
const SCHEMA = `
  create table o (id int primary key);
  insert into o values (1);
  create domain short as text check (length(value) < 9);
  create table p (id int not null, v varchar(20), n int) partition by range (id);
  create index p_n on p (n);
  create index p_half on p (v) where n > 5;
`;
const PARTITION = `
  create table p1 partition of p for values from (0) to (1000);
  insert into p1 select i, 'v', 1 from generate_series(1, 900) i;
`;
/** A partition that is made later has a constraint that is valid. */
const LATER = 'alter table p add constraint positive check (n > 0) not valid;';
const STATEMENTS = [
  'create index on p (v)',
  'create index on only p (v)',
  'create unique index on p (id)',
  'alter table p alter n set not null',
  'alter table p alter id set not null',
  'alter table p alter v type varchar(30)',
  'alter table p alter v type text',
  'alter table p alter n type bigint',
  'alter table p add check (n < 5)',
  'alter table p add check (n < 5) not valid',
  'alter table p validate constraint positive',
  'alter table p add primary key (id)',
  'alter table p add unique (id)',
  'alter table p add foreign key (n) references o',
  'alter table p add column x int',
  'alter table p add column x int default 1',
  'alter table p add column x float default random()',
  'alter table p add column x int generated always as (n * 2) stored',
  'alter table p add column x int references o',
  "alter table p add column x short default 'a'",
  'alter table p drop column n',
];

const workOn = (costs: readonly Cost[], name: string): string[] => {
  const kinds = costs.filter(cost => cost.relation?.name === name).map(({ kind }) => kind);
  const work = ['rewrite', 'build-index', 'scan'].filter(kind => kinds.some(known => known === kind));
  // Rows are read to be written, or to be indexed: a trace sees the heavier work.
  return work.slice(0, 1);
};

describe.each(MAJORS)('on Postgres %i', major => {
  let server: Server;
  let world: Bench;
  beforeAll(async () => {
    await loadParser();
    server = await startLocal({ binaries: await postgresBinaries(major) });
    world = await bench(server, { ...WORLD, schema: SCHEMA + PARTITION + LATER });
  });
  afterAll(async () => {
    await world.close();
    await server.stop();
  });

  test.each(STATEMENTS)('%s', async sql => {
    const predict = await predictor(major, { ...WORLD, schema: SCHEMA + LATER });
    const measured = await world.measure({ setup: '', sql });
    if (!('costs' in measured)) throw new Error('the statement was not measured');
    const { costs } = await predict({ setup: '', sql });
    const predicted = costs.filter(cost => cost.because === UNSEEN_PARTITIONS);
    expect(workOn(predicted, 'p')).toEqual(workOn(measured.costs, 'p1'));
  });
});

describe('is reported as with partitions', () => {
  beforeAll(async () => {
    await Promise.all([loadParser(), loadDeparser()]);
  });
  const p = 'create table o (id int primary key); create table p (id int not null, n int) partition by range (id);';
  const cases: readonly (readonly [sql: string, expected: string[]])[] = [
    ['create index on p (n);', ['1:1 error blocking-index-build']],
    ['alter table p alter n set not null;', ['1:1 error not-null-scan']],
    ['alter table p alter n type bigint;', ['1:1 error retyped-column']],
    ['alter table p add check (n > 0);', ['1:1 error validated-check']],
    ['alter table p add primary key (id);', ['1:1 error constraint-index-build']],
    ['alter table p add foreign key (n) references o;', ['1:1 error validated-foreign-key']],
    ['alter table p add column x float default random();', ['1:1 error volatile-default']],
    ['create index on only p (n);', []],
    ['alter table p add column x int;', []],
  ];
  test.each(cases)('%s', async (sql, expected) => {
    const { at, said } = await found(p, [sql]);
    expect(at.filter(one => !one.endsWith('foreign-key-without-index'))).toEqual(expected);
    expect(said.includes(UNSEEN_PARTITIONS)).toBe(expected.length > 0);
  });
  test.each(cases)('not where the table is new: %s', async sql => {
    const { at } = await found('create table o (id int primary key);', [
      `create table p (id int not null, n int) partition by range (id);\n${sql}`,
    ]);
    expect(at.filter(one => one.includes(' error '))).toEqual([]);
  });
});
