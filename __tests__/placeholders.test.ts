import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GitRepo } from './helpers/git-repo.ts';
import { reportOf } from './helpers/run-cli.ts';

/** What a tool puts into a text before it sends it is known, or a blind spot that fails. Through the bundle. */
let repo: GitRepo;
beforeEach(() => void (repo = new GitRepo()));
afterEach(() => repo.remove());

const SHOP = 'create table orders (id bigint primary key, note text);\n';

function check(base: Readonly<Record<string, string>>, change: Readonly<Record<string, string>>): string[] {
  repo.commit(base);
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit(change);
  const { findings, blindSpots, conclusion } = reportOf(repo.root, '--base', 'main');
  const errors = findings.filter(({ severity }) => severity === 'error');
  return [
    ...errors.map(({ rule, span }) => `${rule} ${span.line}`),
    ...blindSpots.map(({ span, because }) => `blind ${span?.line ?? ''}: ${because}`),
    conclusion === 'fail' ? 'fail' : 'pass',
  ];
}

const unknown = (line: number, mark: string): string =>
  `blind ${line}: What ${mark} stands for is known only where the migration is run.`;
const NOT_RENDERED = (name: string): string => `blind 1: A template makes the name ${name}; it is not rendered.`;
const SILENT = "set local lock_timeout = '1s';";

test.each<[string, Record<string, string>, string, string[]]>([
  ['an object', {}, 'drop table if exists ${t};', [unknown(1, '${t}'), 'fail']],
  ['a part of a name, quoted', {}, '\ndelete from "ord${t}" where id = 1;', [unknown(2, '${t}'), 'fail']],
  ['a schema', {}, 'delete from ${s}.orders where id = 1;', [unknown(1, '${s}'), 'fail']],
  [
    'a statement in a body',
    {},
    "do $$ begin execute '${x}'; end $$;",
    [unknown(1, '${x}'), 'blind 1: it does not parse: x   ', 'fail'],
  ],
  [
    'a name that was made by it',
    {},
    'create table ${s}.tags (id bigint primary key);\ninsert into ${s}.tags values (1);',
    ['pass'],
  ],
  [
    'values, comments and roles',
    {},
    "-- ${a}\ninsert into orders values (1, '${b}');\ngrant select on orders to ${c};",
    ['pass'],
  ],
  ['the default schema', {}, `${SILENT} drop table \${flyway:defaultSchema}.orders;`, ['dropped-table 1', 'fail']],
  [
    'one with a value',
    { 'conf/flyway.conf': 'flyway.placeholders.t=orders\n' },
    `${SILENT} drop table \${t};`,
    ['dropped-table 1', 'fail'],
  ],
  [
    'one with a value in TOML',
    { 'flyway.toml': '[flyway.placeholders]\nT = "audit" # old\n' },
    'insert into ${t} values (1);',
    ['pass'],
  ],
  [
    'one with two values',
    { 'a/flyway.conf': 'flyway.placeholders.t=audit\n', 'b/flyway.conf': 'flyway.placeholders.t=orders\n' },
    'insert into ${t} values (1);',
    [unknown(1, '${t}'), 'fail'],
  ],
  [
    'one whose value is another’s',
    { 'flyway.conf': 'flyway.placeholders.t=${env.T}\n' },
    'insert into ${t} values (1);',
    [unknown(1, '${t}'), 'fail'],
  ],
  [
    'a whole statement that the configuration holds',
    { 'application.properties': 'spring.flyway.placeholders.x=drop table orders\n' },
    `${SILENT}\n\${x};`,
    ['dropped-table 2', 'fail'],
  ],
])('Flyway: %s', (_, settings, sql, expected) => {
  const base = { 'db/migration/V1__shop.sql': `${SHOP}create table audit (id bigint primary key);`, ...settings };
  expect(check(base, { 'db/migration/V2__next.sql': sql })).toEqual(expected);
});

const GOOSE = '-- +goose Up\n-- +goose ENVSUB ON\n';
const LIQUIBASE = '--liquibase formatted sql\n';
test.each<[string, string, string, string, string[]]>([
  [
    'goose',
    'sql/00001_a.sql',
    `-- +goose Up\n${SHOP}`,
    `${GOOSE}delete from \${T:-audit} where id = 1;`,
    [unknown(3, '${T:-audit}'), 'fail'],
  ],
  [
    'Liquibase',
    'db/changelog/1.sql',
    `${LIQUIBASE}--changeset a:1\n${SHOP}`,
    `${LIQUIBASE}--changeset a:2\ndelete from \${t} where id = 1;`,
    [unknown(3, '${t}'), 'fail'],
  ],
  [
    'Liquibase with a property',
    'db/changelog/1.sql',
    `${LIQUIBASE}--property name:t value:orders\n--changeset a:1\n${SHOP}`,
    `${LIQUIBASE}--changeset a:2\ndrop table \${t};`,
    ['dropped-table 3', 'fail'],
  ],
  [
    'MyBatis',
    'scripts/1_a.sql',
    `-- // a\n${SHOP}-- //@UNDO\n`,
    '-- // b\ndelete from ${t} where id = 1;\n-- //@UNDO\n',
    [unknown(2, '${t}'), 'fail'],
  ],
  [
    'tern',
    'db/001_a.sql',
    `${SHOP}---- create above / drop below ----\n`,
    'delete from {{.t}} where id = 1;\n---- create above / drop below ----\n',
    [unknown(1, '{{.t}}'), 'fail'],
  ],
  [
    'plain SQL, ERB',
    'migrations/1_a.sql',
    SHOP,
    'drop table if exists "<%= t %>";',
    [NOT_RENDERED('"<%= t %>"'), 'fail'],
  ],
  [
    'plain SQL, Jinja',
    'migrations/1_a.sql',
    SHOP,
    'insert into "{{ t }}" values (1);',
    [NOT_RENDERED('"{{ t }}"'), 'fail'],
  ],
  ['plain SQL, shell', 'migrations/1_a.sql', SHOP, 'insert into "${t}" values (1);', [NOT_RENDERED('"${t}"'), 'fail']],
  [
    'plain SQL, in a body',
    'migrations/1_a.sql',
    SHOP,
    `do $$ begin execute 'select 1 as "{{ t }}"'; end $$;`,
    ['blind 1: A template makes what is run here; it is not rendered.', 'fail'],
  ],
  ['psql', 'migrations/1_a.sql', SHOP, 'delete from :"t";', ['blind 1: syntax error at or near ":"', 'fail']],
  ['braces in data', 'migrations/1_a.sql', SHOP, `insert into orders values (1, '{{name}} \${x} <%= y %>');`, ['pass']],
])('%s', (_, first, was, is, expected) => {
  expect(check({ [first]: was }, { [first.replace('1', '2')]: is })).toEqual(expected);
});
