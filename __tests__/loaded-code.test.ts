import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GitRepo } from './helpers/git-repo.ts';
import { reportOf } from './helpers/run-cli.ts';

/** What runs although no statement of `up`, and no line of SQL, seems to send it. */
type Files = Readonly<Record<string, string>>;

let repo: GitRepo;
beforeEach(() => {
  repo = new GitRepo();
});
afterEach(() => repo.remove());

const DOWN = 'exports.down = async () => {};\n';
const KNEX: Files = {
  'knexfile.js': 'module.exports = {};\n',
  'migrations/20240101000000_a.js': `exports.up = k => k.raw('create table orders (id bigint)');\n${DOWN}`,
};
const SECOND = 'migrations/20240201000000_b.js';
const FLYWAY: Files = { 'db/migration/V1__a.sql': 'create table orders (id bigint);\n' };
const LAST = 'db/migration/V2__b.sql';

test.each<[string, Files, Files]>([
  [
    'a connection of its own',
    KNEX,
    {
      [SECOND]: `require('knex')({}).raw('truncate orders').then(() => 0);\nexports.up = k => k.raw('select 1');\n${DOWN}`,
    },
  ],
  [
    'a constant that another function changes',
    KNEX,
    {
      [SECOND]: `const o = { s: 'select 1' };\nObject.assign(o, { s: 'truncate orders' });\nexports.up = k => k.raw(o.s);\n${DOWN}`,
    },
  ],
  [
    'a program in a folder that the configuration names',
    KNEX,
    { 'other/20240201000000_b.js': `exports.up = k => k.raw('truncate orders');\n${DOWN}` },
  ],
  [
    'a line break in a value of properties',
    FLYWAY,
    { 'flyway.conf': 'flyway.placeholders.c=\\ntruncate orders;\n', [LAST]: '-- ${c}\nselect 1;\n' },
  ],
  [
    'a text of several lines in TOML',
    FLYWAY,
    { 'flyway.toml': '[flyway.placeholders]\nc = """\ntruncate orders;\n"""\n', [LAST]: '-- ${c}\nselect 1;\n' },
  ],
  [
    'an escape in TOML',
    FLYWAY,
    { 'flyway.toml': '[flyway.placeholders]\nc = "\\ntruncate orders;"\n', [LAST]: '-- ${c}\nselect 1;\n' },
  ],
])('%s is unread, and fails', (_, before, after) => {
  repo.commit(before);
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit(after);
  const { conclusion, blindSpots } = reportOf(repo.root, '--base', 'main');
  expect(conclusion).toBe('fail');
  expect(blindSpots.map(({ kind }) => kind)).toContain('unread');
});

test('a default of a parameter is sent', () => {
  repo.commit(KNEX);
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit({
    [SECOND]: `exports.up = async (k, x = k.raw('truncate orders')) => { await k.raw('select 1'); };\n${DOWN}`,
  });
  const { conclusion, findings } = reportOf(repo.root, '--base', 'main');
  expect([conclusion, ...findings.map(({ rule }) => rule)]).toEqual(['fail', 'truncated-table']);
});

test('what a program configures when it is loaded is no blind spot', () => {
  repo.commit(KNEX);
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit({ [SECOND]: `require('dotenv').config();\nexports.up = k => k.raw('select 1');\n${DOWN}` });
  expect(reportOf(repo.root, '--base', 'main').conclusion).toBe('pass');
});
