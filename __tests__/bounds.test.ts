import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import type { Report } from '../src/model/report.ts';
import { GitRepo } from './helpers/git-repo.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const CHANGE = 'migrations/002_change.sql';
/** Behind whatever the pull request holds; it is never lost. */
const DROP = 'ALTER TABLE customers DROP COLUMN phone;';

let repo: GitRepo;
beforeAll(() => {
  repo = new GitRepo();
  repo.write({
    'migrations/001_base.sql':
      'CREATE TABLE customers (id bigint PRIMARY KEY, phone text);\nCREATE TABLE orders (id bigint PRIMARY KEY, a int);\n',
  });
});
afterAll(() => repo.remove());

interface Outcome {
  readonly spots: readonly string[];
  /** Lines on which a column is dropped. */
  readonly drops: readonly number[];
  readonly conclusion: string;
}

/** Judged within a minute on a machine that does other things too, in half of the memory that Node.js takes by itself. */
function check(sql: string, files: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Outcome {
  repo.write({ [CHANGE]: sql, ...files });
  const { stdout, stderr, status, signal } = spawnSync(
    process.execPath,
    ['--max-old-space-size=1024', CLI, 'check', '--changed', CHANGE, '--format', 'json', ...args],
    { cwd: repo.root, encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 28 },
  );
  if (signal !== null || status === 2) throw new Error(`${signal ?? ''} ${stderr.slice(0, 500)}`);
  const { findings, blindSpots, conclusion } = JSON.parse(stdout) as Report;
  return {
    conclusion,
    spots: blindSpots.map(({ kind, span }) => `${kind} ${span?.line ?? 0}`),
    drops: findings.filter(({ rule }) => rule === 'dropped-column').map(({ span }) => span.line),
  };
}

const many = (text: string, count: number): string => text.repeat(count);

describe('nesting and chains of 10,000', () => {
  const N = 10_000;
  const READ: readonly string[] = [];
  /** Our limit: the statement is not read. */
  const UNREAD = ['unread 1'];
  /** The limit of Postgres' own parser (10,000 levels): "memory exhausted". */
  const SYNTAX = ['syntax 1'];
  const BODY = ['dynamic 1'];
  test.each([
    ['UNION', `SELECT 1${many(' UNION ALL SELECT 1', N)}`, UNREAD],
    ['UNION of an INSERT', `INSERT INTO orders SELECT 1, 2${many(' UNION ALL SELECT 1, 2', N)}`, UNREAD],
    ['parentheses', `SELECT ${many('(', N)}1${many(')', N)}`, SYNTAX],
    ['AND', `DELETE FROM orders WHERE a = 1${many(' AND a = 1', N)}`, READ],
    ['AND of OR', `DELETE FROM orders WHERE a = 1${many(' AND (a = 2 OR a = 3', N)}${many(')', N)}`, SYNTAX],
    ['operators', `ALTER TABLE orders ADD CHECK (a${many(' + a', N)} > 0)`, UNREAD],
    ['||', `CREATE VIEW v AS SELECT ''${many(' || phone', N)} AS p FROM customers`, UNREAD],
    ['NOT', `DELETE FROM orders WHERE ${many('NOT ', N)}true`, SYNTAX],
    ['casts', `ALTER TABLE orders ADD COLUMN z int DEFAULT 1${many('::int', N)}`, UNREAD],
    ['subqueries', `${many('SELECT * FROM (', N)}SELECT 1${many(') x', N)}`, SYNTAX],
    ['CASE', `SELECT ${many('CASE WHEN true THEN ', N)}1${many(' END', N)}`, SYNTAX],
    ['arrays', `SELECT ${many('ARRAY[', N)}1${many(']', N)}`, SYNTAX],
    ['functions', `SELECT ${many('abs(', N)}1${many(')', N)}`, SYNTAX],
    ['joins', `CREATE VIEW v AS SELECT 1 FROM orders${many(' JOIN orders ON true', N)}`, UNREAD],
    ['WITH', `${many('WITH a AS (', N)}DELETE FROM orders${many(') SELECT 1', N)}`, SYNTAX],
    ['blocks', `DO $$ ${many('BEGIN ', N)}DELETE FROM orders;${many('END; ', N)} $$`, BODY],
    ['blocks, fewer', `DO $$ ${many('BEGIN ', 1500)}DELETE FROM orders;${many('END; ', 1500)} $$`, BODY],
    ['functions, fewer', `SELECT ${many('abs(', 3000)}1${many(')', 3000)}`, UNREAD],
    ['comments', `${many('/*', N)}${many('*/', N)} SELECT 1`, READ],
    ['comments, another spelling', `${many('/*+', N)} ${many('*/', N)} SELECT 1`, READ],
    ['comments in a body', `DO $$ BEGIN ${many('/*', N)}${many('*/', N)} PERFORM 1; END $$`, READ],
    ['comments that nobody closes', `SELECT 1; ${many('/* ', N)}`, ['syntax 1']],
    ['signs', `SELECT ${many('+', N)}1`, UNREAD],
    ['signs in a string', `SELECT '${many('+', N)}', $a$${many('/*', N)}$a$`, READ],
  ])('%s', (name, sql, spots) => {
    const found = check(`${sql};\n${DROP}`);
    // What is commented out to the end of the file is not there.
    const drops = name === 'comments that nobody closes' ? [] : [2];
    expect(found).toEqual({ spots, drops, conclusion: 'fail' });
  });
});

describe('work that multiplies', () => {
  const words = `ARRAY[${Array.from({ length: 30 }, (_, nth) => `'t${nth}'`).join(', ')}]`;
  const loops = (count: number, body: string): string => {
    const names = Array.from({ length: count }, (_, nth) => `v${nth}`);
    return `DO $$ DECLARE ${names.map(name => `${name} text;`).join(' ')} BEGIN
${names.map(name => `FOREACH ${name} IN ARRAY ${words} LOOP `).join('')}${body}${many(' END LOOP;', count)} END $$;`;
  };
  const call = (nth: number): string =>
    `CREATE FUNCTION f${nth}() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ${many(
      nth === 0 ? 'DELETE FROM orders; ' : `PERFORM f${nth - 1}(); `,
      nth === 0 ? 1 : 20,
    )} END $$;`;
  test.each([
    ['one loop is followed', loops(1, "EXECUTE 'SELECT 1';"), []],
    ['two loops are followed', loops(2, "EXECUTE 'SELECT 1';"), []],
    ['four loops over constants', loops(4, "EXECUTE 'SELECT 1';"), ['unread 1']],
    ['eight loops over constants', loops(8, 'PERFORM 1;'), ['unread 1']],
    [
      'loops over numbers',
      `DO $$ BEGIN ${many('FOR i IN 1..90 LOOP ', 6)} PERFORM 1; ${many('END LOOP; ', 6)} END $$;`,
      ['unread 1'],
    ],
    ['bodies that call bodies', `${[0, 1, 2, 3, 4].map(call).join(' ')} SELECT f4();`, ['dynamic 1']],
  ])('%s', (_, sql, spots) => {
    const found = check(`${sql.replaceAll('\n', ' ')}\n${DROP}`);
    expect({ ...found, spots: [...new Set(found.spots)] }).toEqual({ spots, drops: [2], conclusion: 'fail' });
  });
});

describe('text on which a regular expression could work for ever', () => {
  const N = 50_000;
  test.each([
    ['an allowance of blanks', `-- migration-gate: allow a${many(' ', N)}!`],
    ['a declaration of blanks', `-- migration-gate: irreversible${many(' ', N)}!`],
    ['comments that a rollback section seems to begin', many('-- rollback\n', N)],
    ['blanks inside a literal', `ALTER TABLE orders ADD COLUMN z text DEFAULT '${many(' ', N)}x';`],
    ['ATOMIC', `SELECT ${many('atomic ', 5000)};`],
    ['templates that nobody closes', many('{{', N)],
    ['placeholders that nobody closes', many('${a-', N)],
    ['quotes', many("'\\", N)],
    ['dollars', many('$a', N)],
    [
      'LIKE',
      `DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_tables WHERE tablename LIKE '${many('%o', 30)}x') THEN PERFORM 1; END IF; END $$;`,
    ],
  ])('%s', (_, sql) => {
    expect(check(`${DROP}\n${sql}`).drops).toEqual([1]);
  });
});

describe('very much of it', () => {
  const each = (count: number, text: (nth: number) => string): string =>
    Array.from({ length: count }, (_, nth) => text(nth)).join('\n');
  const list = 'CREATE TABLE p (a int) PARTITION BY LIST (a);\n';
  test.each([
    ['50 MB of INSERTs', many('INSERT INTO orders (id, a) VALUES (1, 2);\n', 1_200_000), ['unread 1'], []],
    ['30,000 INSERTs', many('INSERT INTO orders (id, a) VALUES (1, 2);\n', 30_000), ['unread 20001'], [1]],
    [
      '10,000 partitions',
      list + each(10_000, nth => `CREATE TABLE p${nth} PARTITION OF p FOR VALUES IN (${nth});`),
      [],
      [1],
    ],
    ['100,000 columns', `CREATE TABLE w (${each(100_000, nth => `c${nth} int,`)} z int);`, ['unread 2'], [1]],
    [
      'columns past what a table has',
      each(1_700, nth => `ALTER TABLE orders ADD COLUMN c${nth} int;`),
      ['unread 1600'],
      [1],
    ],
    [
      '5,000 renames',
      each(5_000, nth => `ALTER TABLE orders RENAME a${nth === 0 ? '' : nth} TO a${nth + 1};`),
      [],
      [1],
    ],
    [
      '3,000 views on views',
      each(3_000, nth => `CREATE VIEW v${nth} AS SELECT * FROM ${nth ? `v${nth - 1}` : 'orders'};`),
      [],
      [1],
    ],
    [
      '20,000 allowances',
      many('-- migration-gate: allow dropped-table: x\nSELECT 1;\n', 20_000),
      ['unread 40001'],
      [1],
    ],
  ])(
    '%s',
    (_, sql, spots, drops) => {
      const found = check(`${DROP}\n${sql}`);
      expect({ ...found, spots: found.spots.slice(0, 1) }).toEqual({ spots, drops, conclusion: 'fail' });
    },
    90_000,
  );
});

test('names of the prototype are names', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map(name => `"${name}"`);
  const sql = names.map(
    name => `CREATE FUNCTION f(${name}) RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE ${name} (${name} ${name} DEFAULT ${name}(1), EXCLUDE USING ${name} (${name} WITH =));
ALTER TABLE customers ADD COLUMN ${name} ${name}; CREATE INDEX ON customers USING ${name} (id ${name});
ALTER TABLE customers ALTER COLUMN id TYPE ${name}; CREATE EXTENSION ${name}; SET ${name} = 1;
DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_class WHERE ${name} = 'x') THEN EXECUTE ${name}('a'); END IF; END $$;`,
  );
  expect(check(`${DROP}\n${sql.join('\n')}`).drops).toEqual([1]);
});

test.each([
  ['folders', many('**/', 20)],
  ['stars', many('*a', 40)],
  ['braces', `${many('{a,b}', 200)}/**`],
])('a glob of %s takes its length times that of the path', (_, glob) => {
  const files = {
    [`${many('a/', 100)}b.sql`]: 'SELECT 1;',
    'gate.yml': `overrides:\n  - paths: ["${glob}x.sql"]\n    rules: { dropped-column: off }\n`,
  };
  expect(check(DROP, files, ['--config', 'gate.yml']).drops).toEqual([1]);
});

test('a configuration of aliases that multiply is refused', () => {
  const lines = Array.from(
    { length: 12 },
    (_, nth) => `  a${nth}: &a${nth} [${nth === 0 ? 'x' : many(`*a${nth - 1},`, 9)}]`,
  );
  repo.write({ 'bomb.yml': `rules:\n${lines.join('\n')}\n`, [CHANGE]: DROP });
  const { stderr, status } = spawnSync(process.execPath, [CLI, 'check', '--all', '--config', 'bomb.yml'], {
    cwd: repo.root,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect([status, /\n\s+at /.test(stderr), stderr]).toEqual([2, false, expect.stringContaining('bomb.yml')]);
});
