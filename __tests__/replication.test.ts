import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GitRepo } from './helpers/git-repo.ts';
import { reportOf } from './helpers/run-cli.ts';

/** What a migration does to publications and subscriptions is never silent, where anybody notices. Through the bundle. */
let repo: GitRepo;
beforeEach(() => void (repo = new GitRepo()));
afterEach(() => repo.remove());

const WARNS = ['warning server-intervention'];
const LOSES = ['error server-intervention'];
const BLIND = ['blind spot'];

test.each<[string, readonly string[]]>([
  ['create publication p for table orders', []],
  ['create publication p for table log', WARNS],
  ["create publication p for table log with (publish = 'insert')", []],
  ['create publication p for all tables', WARNS],
  ['create publication p for tables in schema public', WARNS],
  ['alter publication p add table orders', []],
  ['alter publication p drop table orders', WARNS],
  ['alter publication p set table log', [...WARNS, ...WARNS]],
  ["alter publication p set (publish = 'insert')", WARNS],
  ['alter publication p rename to q', WARNS],
  ['drop publication p', WARNS],
  ['drop publication if exists p, q', [...WARNS, ...WARNS]],
  ["create subscription s connection 'host=x' publication p", BLIND],
  ["create subscription s connection 'host=x' publication p with (connect = false)", WARNS],
  ['alter subscription s refresh publication', BLIND],
  ["alter subscription s connection 'host=y'", BLIND],
  ['alter subscription s set publication q', BLIND],
  ['alter subscription s enable', BLIND],
  ['alter subscription s disable', WARNS],
  ['alter subscription s set (slot_name = none)', WARNS],
  ["alter subscription s skip (lsn = '0/1')", LOSES],
  ['alter subscription s drop publication p', WARNS],
  ['alter subscription s rename to t', []],
  ['drop subscription s', LOSES],
  ['drop subscription if exists s', LOSES],
])('%s', (sql, expected) => {
  repo.commit({
    'migrations/1_a.sql': 'create table orders (id bigint primary key);\ncreate table log (note text);\n',
  });
  repo.git('checkout', '-q', '-b', 'topic');
  const settings =
    "-- migration-gate: transaction per-statement\nset lock_timeout = '1s';\nset statement_timeout = '9s';\n";
  repo.commit({ 'migrations/2_b.sql': `${settings}${sql};\n` });
  const { findings, blindSpots } = reportOf(repo.root, '--base', 'main');
  expect([
    ...findings.map(({ rule, severity }) => `${severity} ${rule}`),
    ...blindSpots.map(() => 'blind spot'),
  ]).toEqual(expected);
});
