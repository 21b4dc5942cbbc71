import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GitRepo } from './helpers/git-repo.ts';
import { reportOf } from './helpers/run-cli.ts';

/** The project's configuration says which database migrations are for; never their own folder or the change. Bundle. */
let repo: GitRepo;
beforeEach(() => void (repo = new GitRepo()));
afterEach(() => repo.remove());

type Files = Readonly<Record<string, string>>;
const SHOP = 'create table orders (id int primary key);\n';
const DROP = "set local lock_timeout = '1s';\ndrop table orders;\n";

/** What is said of the file as another database's, or the conclusion. */
function said(base: Files, change: Files): string {
  repo.commit(base);
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit(change);
  const { notes, conclusion } = reportOf(repo.root, '--base', 'main');
  return (
    notes
      .map(note => /^(\d+) files? \w+ not checked.*says (\w+)/.exec(note))
      .map(found => `${found?.[1] ?? ''} ${found?.[2] ?? ''}`)
      .find(text => text !== ' ') ?? conclusion
  );
}

const PLAIN = { first: 'db/migrations/001_a.up.sql', second: 'db/migrations/002_b.up.sql', marks: '', down: '' };
const GOOSE = { first: 'sql/00001_a.sql', second: 'sql/00002_b.sql', marks: '-- +goose Up\n', down: '' };
const DBMATE = {
  first: 'db/migrations/20240101000000_a.sql',
  second: 'db/migrations/20240102000000_b.sql',
  marks: '-- migrate:up\n',
  down: '-- migrate:down\n',
};
const FLYWAY = { first: 'db/migration/V1__a.sql', second: 'db/migration/V2__b.sql', marks: '', down: '' };
const LIQUIBASE = {
  first: 'db/changelog/1.sql',
  second: 'db/changelog/2.sql',
  marks: '--liquibase formatted sql\n--changeset a:1\n',
  down: '',
};

type Layout = typeof PLAIN;
const sqlc = (engine: string, schema = 'db/migrations'): string =>
  `version: "2"\nsql:\n  - engine: "${engine}"\n    schema: "${schema}"\n    queries: q\n`;
const CASES: [string, Layout, Files, string][] = [
  ['sqlc, MySQL', PLAIN, { 'sqlc.yaml': sqlc('mysql') }, '1 mysql'],
  ['sqlc, of another folder', PLAIN, { 'sqlc.yaml': sqlc('sqlite', 'local') }, 'fail'],
  ['goose, MySQL', GOOSE, { '.env': 'GOOSE_DRIVER=mysql\n' }, '1 mysql'],
  ['goose, Postgres', GOOSE, { '.env': 'GOOSE_DRIVER=postgres\n', '.env.local': 'GOOSE_DRIVER=sqlite3\n' }, 'fail'],
  ['dbmate, SQLite', DBMATE, { '.env': 'DATABASE_URL="sqlite:db/x.sqlite3"\n' }, '1 sqlite'],
  [
    'dbmate, compose',
    DBMATE,
    { 'compose.yml': 'services:\n  m:\n    environment:\n      DATABASE_URL: mysql://root@db/x\n' },
    '1 mysql',
  ],
  ['dbmate, in a comment', DBMATE, { '.env': '# DATABASE_URL=mysql://x\n' }, 'fail'],
  ['dbmate, of another package', DBMATE, { 'other/.env': 'DATABASE_URL=mysql://x\n' }, 'fail'],
  ['Flyway, MySQL', FLYWAY, { 'flyway.conf': 'flyway.url=jdbc:mysql://localhost/x\n' }, '1 mysql'],
  ['Flyway, H2 for development', FLYWAY, { 'application.properties': 'spring.datasource.url=jdbc:h2:mem:x\n' }, 'fail'],
  ['Flyway, tests on MySQL', FLYWAY, { 'application-test.properties': 'url=jdbc:mysql://x\n' }, 'fail'],
  ['Liquibase, MySQL', LIQUIBASE, { 'liquibase.properties': 'url: jdbc:mysql://localhost/x\n' }, '1 mysql'],
];

test.each(CASES)('%s', (_, { first, second, marks, down }, settings, expected) => {
  expect(said({ ...settings, [first]: marks + SHOP + down }, { [second]: marks + DROP + down })).toBe(expected);
});

test('a configuration that the change brings, or edits, says nothing', () => {
  const { first, second } = PLAIN;
  expect(said({ [first]: SHOP }, { [second]: DROP, 'sqlc.yaml': sqlc('mysql') })).toBe('fail');
});

test('migrations that only Postgres understands are judged, whatever the configuration says', () => {
  const { first, second } = PLAIN;
  const base = {
    'sqlc.yaml': sqlc('sqlite'),
    [first]: 'create table orders (id bigserial primary key, data jsonb);\n',
  };
  expect(said(base, { [second]: DROP })).toBe('fail');
});

test.each([
  ['Knex', "module.exports = { client: 'mysql2' };", '1 mysql2'],
  [
    'Knex, Postgres in production',
    "module.exports = { development: { client: 'sqlite3' }, production: { client: 'pg' } };",
    'fail',
  ],
])('%s', (_, knexfile, expected) => {
  const up = (sql: string): string => `exports.up = k => k.raw('${sql}');\nexports.down = k => k.raw('select 1');\n`;
  const base = { 'package.json': '{"dependencies":{"knex":"3"}}', 'knexfile.js': knexfile };
  const first = { 'migrations/20240101000000_a.js': up('create table orders (id int primary key)') };
  expect(said({ ...base, ...first }, { 'migrations/20240102000000_b.js': up('drop table orders') })).toBe(expected);
});
