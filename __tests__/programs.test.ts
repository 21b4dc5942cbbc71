import { describe, expect, test } from '@jest/globals';
import type { Repo } from '../src/model/framework.ts';
import { frameworks } from '../src/frameworks/index.ts';
import type { Migration } from '../src/model/source.ts';

const repoOf = (files: Readonly<Record<string, string>>): Repo => ({
  paths: Object.keys(files).sort(),
  read: path => Promise.resolve(files[path] ?? ''),
});

async function read(tool: string, files: Readonly<Record<string, string>>): Promise<readonly Migration[]> {
  const framework = frameworks.find(({ id }) => id === tool);
  const repo = repoOf(files);
  const found = (await framework?.histories(repo)) ?? [];
  const histories = await Promise.all(found.map(async history => (await framework?.read?.(repo, history)) ?? history));
  return histories.flatMap(history => history.migrations);
}

/** `line: SQL` of each line of the up migration that holds some, then `line? why` of what was not read. */
async function knex(body: string, above = '', beside: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const source = `${above}exports.up = async knex => {\n${body}\n};\n`;
  const [up] = await read('knex', { 'migrations/20240101000000_users.js': source, ...beside });
  expect(up?.sql.split('\n')).toHaveLength(source.split('\n').length);
  return [...lines(up?.sql ?? ''), ...(up?.unread ?? []).map(({ line, because }) => `${line}? ${because}`)];
}

const lines = (sql: string): string[] =>
  sql.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [`${index + 1}: ${line.trim()}`]));

describe('literal text is read on the lines where it is written', () => {
  test.each<[what: string, body: string, sent: string[], above?: string]>([
    [
      'a template over several lines',
      'await knex.raw(`\n  alter table users\n    add column email text\n`);\nawait knex.raw("select 1");',
      ['3: alter table users', '4: add column email text', '5: ;', '6: select 1;'],
    ],
    [
      'a concatenation',
      "await knex.raw('alter table users ' +\n  'add column email text, ' +\n  'add column name text');",
      ['2: alter table users', '3: add column email text,', '4: add column name text;'],
    ],
    [
      'a word put together of two lines stays one word',
      "await knex.raw('create index users_' +\n  'email on users (email)');",
      ['2: create index users_email on users (email);'],
    ],
    ['a constant before the function', 'await knex.raw(SQL);', ['1: select 1;'], "const SQL = 'select 1';\n"],
    [
      'constants in the order in which they are sent, not in which they are written',
      'await knex.raw(ORDERS);\nawait knex.raw(USERS);',
      ['3: create table orders (id bigint); create table users (  id bigint );'],
      'const USERS = `create table users (\n id bigint\n)`, ORDERS = `create table orders (id bigint)`;\n',
    ],
    [
      'escaped line ends do not shift lines, and comments before them hide nothing',
      "await knex.raw('-- users\\nselect 1; -- one\\nselect \\'--\\'');\nawait knex.raw('select 2');",
      ["2: select 1;        select '--'", '3: ; select 2;'],
    ],
    [
      'a comment at the end does not hide the next statement',
      "await knex.raw('select 1 -- one');\nawait knex.raw('select 2');",
      ['2: select 1 -- one', '3: ; select 2;'],
    ],
    [
      'a loop over a list',
      "for (const table of ['users', 'orders'])\n  await knex.raw(`alter table ${table} add column note text`);",
      ['3: alter table users add column note text; alter table orders add column note text;'],
    ],
    [
      'a loop, on the line where it sends',
      "for (const table of ['users', 'orders'])\n  await knex.raw(`alter table ${table}\n    add column note text -- new\n  `);",
      [
        '3: alter table users     add column note text          ; alter table orders     add column note text          ;',
      ],
    ],
    [
      'a list of statements',
      "await Promise.all(['select 1', 'select 2'].map(sql => knex.raw(sql)));\nconst all = ['select 3', 'select 4'];\nall.push('select 5');\nfor (const one of all) await knex.raw(one);",
      ['2: select 1; select 2;', '3: select 3; select 4;', '4: select 5;'],
    ],
    [
      'records in a loop',
      "for (const { table, column } of [{ table: 'users', column: 'email' }])\n  await knex.raw(`drop index ${table}_${column}`);",
      ['3: drop index users_email;'],
    ],
    [
      'a function of the same program',
      "await add(knex, 'users');",
      ['1: alter table users add column note text;'],
      'const add = async (db, table) => { await db.raw(`alter table ${table} add column note text`); };\n',
    ],
    [
      'a function below, where it is called',
      "await add(knex);\nawait knex.raw('select 2');\n}; async function add(db) {\nawait db.raw('select 1');",
      ['2: select 1;', '3: select 2;'],
    ],
    [
      'what a condition guards is read as if it ran',
      "if (!(await knex.schema.hasTable('users'))) {\n  await knex.raw('select 1');\n} else return knex.raw('select 2');",
      ['3: select 1;', '4: select 2;'],
    ],
    [
      'a chain of promises',
      "return knex.raw('select 1').then(() => knex.schema.raw('select 2').raw('select 3'));",
      ['2: select 1; select 2; select 3;'],
    ],
    [
      'values become parameters, names are put in',
      "await knex.raw('update ?? set name = ? where id = :id', ['users', name]);\nawait knex.raw('drop table :table:', { table: 'shop.users' });",
      ['2: update "users" set name = $2 where id = :id;', '3: drop table "shop"."users";'],
    ],
    [
      'the transaction of the program itself',
      "await knex.transaction(async trx => {\n  await trx.raw('select 1');\n});",
      ['3: select 1;'],
    ],
    [
      'an allowance in a comment of the program',
      "// migration-gate: allow dropped-table: nobody reads it\nawait knex.raw('drop table users');",
      ['2: /* migration-gate: allow dropped-table: nobody reads it */', '3: drop table users;'],
    ],
  ])('%s', async (_, body, sent, above = '') => {
    expect(await knex(body, above)).toEqual(sent);
  });

  test("a question mark is an operator where parameters are the server's own", async () => {
    const [up] = await read('typeorm', {
      'src/migrations/1700000000000-users.ts': `export class Users1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner) {
    await queryRunner.query(\`update users set name = $1 where data ? 'name'\`, [name]);
  }
}`,
    });
    expect(lines(up?.sql ?? '')).toEqual(["3: update users set name = $1 where data ? 'name';"]);
  });

  test('files beside the program are read where they are', async () => {
    const [program, file, ...rest] = await read('typeorm', {
      'src/migrations/1700000000000-users.ts': `import { readFileSync } from 'node:fs';
import * as path from 'node:path';
export class Users1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner) {
    await queryRunner.query('select 1');
    await queryRunner.query(readFileSync(path.join(__dirname, '..', 'sql', 'users.sql'), 'utf8'));
  }
}`,
      'src/sql/users.sql': 'create table users (\n  id bigint\n);\n',
    });
    expect([program, file].map(one => [one?.file, lines(one?.sql ?? ''), one?.unread])).toEqual([
      ['src/migrations/1700000000000-users.ts', ['5: select 1;'], []],
      ['src/sql/users.sql', ['1: create table users (', '2: id bigint', '3: );'], []],
    ]);
    expect(rest).toEqual([]);
  });
});

describe('what is not literal is named, on its line', () => {
  test.each<[what: string, body: string, found: string[]]>([
    [
      'the schema builder',
      "await knex.schema.createTable('users', table => {\n  table.increments();\n});",
      ['2? The SQL of `knex.schema.createTable` is not literal text, so it was not analyzed.'],
    ],
    [
      'text put together when it runs',
      'const { rows } = await knex.raw(`select ${columns} from users`);',
      ['2? The SQL of `knex.raw` is built at run time, so it was not analyzed.'],
    ],
    [
      'a function of another file that gets the database',
      "await knex.raw('select 1');\nbackfill(knex);",
      ['2: select 1;', '3? The code of `backfill` was not analyzed.'],
    ],
    [
      'what stands in the head of a loop, in a tagged template, in a program that is started',
      "for (let n = await count(); n > 0; n--) {}\nawait knex`drop table users`;\nrequire('child_process').execSync('psql -f users.sql');",
      [
        '2? The code of `count` was not analyzed.',
        '3? The code of `knex` was not analyzed.',
        '4? The code of `require.execSync` was not analyzed.',
      ],
    ],
    ['an unknown promise', 'await backfill();', ['2? The code of `backfill` was not analyzed.']],
    [
      'a text that changes in a loop',
      "let table = 'users';\nwhile (table) {\n  await knex.raw('drop table ' + table);\n  table = next(table);\n}",
      ['4? The SQL of `knex.raw` is built at run time, so it was not analyzed.'],
    ],
    [
      'rows of a query',
      "const rows = await knex('users');\nawait rows.map(row => knex('orders').update({ name: row.name }));",
      [
        '2? The SQL of `knex` is not literal text, so it was not analyzed.',
        '3? The SQL of `rows.map` is not literal text, so it was not analyzed.',
      ],
    ],
  ])('%s', async (_, body, found) => {
    expect(await knex(body)).toEqual(found);
  });

  test('literal text inside a call that is not read', async () => {
    expect(
      await knex("await withLock(async () => {\n  await knex.raw('select 1');\n  await knex('users');\n});"),
    ).toEqual(['3: select 1;', '2? The code of `withLock` was not analyzed.']);
  });
});

describe('hostile programs', () => {
  const unread = async (source: string): Promise<string[]> => {
    const [up] = await read('knex', { 'migrations/20240101000000_knex.js': source });
    return (up?.unread ?? []).map(({ because }) => because);
  };

  test('are never run', async () => {
    await knex("globalThis.ran = true; process.exit(3); await knex.raw('select 1');", 'process.exit(3);\n');
    expect('ran' in globalThis).toBe(false);
  });

  test.each([
    ['broken syntax', 'knex exports.up = {', /cannot be parsed/],
    ['no up', 'exports.down = knex => knex.raw("select 1");', /No `up`/],
    ['megabytes', `/* knex */ exports.up = () => 0; // ${'x'.repeat(3 * 1024 * 1024)}`, /too large/],
    ['parentheses ten thousand deep', `exports.up = knex => ${'('.repeat(9e3)}1${')'.repeat(9e3)};`, /deep|parse/],
    [
      'calls of itself',
      'exports.up = knex => again(knex); const again = knex => again(knex);',
      /too long or too deeply nested/,
    ],
    [
      'loops in loops in loops',
      `const l = [${'0,'.repeat(100)}]; exports.up = async knex => { for (const a of l) for (const b of l) for (const c of l) for (const d of l) await knex.raw('select 1'); };`,
      /too long or too deeply nested/,
    ],
    [
      'text that doubles',
      `exports.up = async knex => { let a = 'x'; ${'a += a;'.repeat(64)} await knex.raw(a); };`,
      /built at run time/,
    ],
    ['a NUL byte by escape', "exports.up = knex => knex.raw('select 1; \\0 drop table users');", /built at run time/],
  ])('%s is a blind spot', async (_, source, because) => {
    expect((await unread(source)).join('\n')).toMatch(because);
  });

  test('thousands of concatenated strings are read', async () => {
    expect(await knex(`await knex.raw('select 1' ${"+ ', 1'".repeat(5000)});`)).toHaveLength(1);
  });

  test('lists that double are not followed', async () => {
    const doubling = 'let a = [1, 2]; ' + 'a = [...a, ...a]; '.repeat(64);
    expect(await knex(`${doubling}for (const one of a) await knex.raw('select ' + one);`)).toEqual([
      '2? The SQL of `knex.raw` is built at run time, so it was not analyzed.',
    ]);
  });

  test('names of prototypes are names like others', async () => {
    expect(await knex('await knex.constructor("select 1");\nawait sql.constructor("select 1");')).toEqual([
      '2? The SQL of `knex.constructor` is not literal text, so it was not analyzed.',
      '3? The code of `sql.constructor` was not analyzed.',
    ]);
    expect(await knex("const sql = { __proto__: 'select 1' };\nawait knex.raw(sql.constructor);")).toEqual([
      '3? The SQL of `knex.raw` is built at run time, so it was not analyzed.',
    ]);
  });
});
