import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GitRepo } from './helpers/git-repo.ts';
import { reportOf } from './helpers/run-cli.ts';

/** What fails only because a merged file is edited says so, and comes after the edit. Through the bundle. */
let repo: GitRepo;
beforeEach(() => void (repo = new GitRepo()));
afterEach(() => repo.remove());

const FIRST = 'create table orders (id bigint primary key);\n';
const EDITED = 'error edited-migration 1';
const OF_THE_EDIT = /The edit causes this: the previous text of this migration created it/;
const LATE = /It is checked on the schema that all merged migrations produce/;
const ON = ['--database', 'embedded', '--postgres-version', '17'];

test.each<[string, string, string, string[], RegExp, string[]]>([
  [
    'a table that is made otherwise',
    FIRST,
    'create table orders (id bigint primary key, note text);\n',
    [EDITED, 'notice failing-statement 1'],
    OF_THE_EDIT,
    [],
  ],
  [
    'a table that is made otherwise, on a server',
    FIRST,
    'create table orders (id bigint primary key, note text);\n',
    [EDITED, 'notice failing-statement 1', 'notice failing-migration 1'],
    OF_THE_EDIT,
    ON,
  ],
  [
    'a column that is added otherwise',
    `${FIRST}alter table orders add note text;\n`,
    `set local lock_timeout = '1s';\n${FIRST}alter table orders add "note" varchar(9);\n`,
    [EDITED, 'notice failing-statement 3'],
    OF_THE_EDIT,
    [],
  ],
  [
    'a column that a later migration makes',
    FIRST,
    `${FIRST}set local lock_timeout = '1s';\nalter table orders add tag text;\n`,
    [EDITED, 'error failing-statement 3'],
    LATE,
    [],
  ],
  [
    'what fails whatever came before',
    FIRST,
    `${FIRST}vacuum orders;\n`,
    [EDITED, 'error failing-statement 2'],
    /cannot run inside a transaction block\.$/,
    [],
  ],
])('%s', (_, was, is, expected, message, flags) => {
  repo.commit({ 'migrations/1_a.sql': was, 'migrations/2_b.sql': 'alter table orders add tag text;\n' });
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit({ 'migrations/1_a.sql': is });
  const { findings, conclusion } = reportOf(repo.root, '--base', 'main', ...flags);
  expect(findings.map(({ rule, severity, span }) => `${severity} ${rule} ${span.line}`)).toEqual(expected);
  const others = findings.filter(({ rule }) => rule !== 'edited-migration');
  expect(others.every(one => message.test(one.message))).toBe(true);
  expect(conclusion).toBe('fail');
});
