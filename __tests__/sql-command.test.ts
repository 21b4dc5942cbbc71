import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadOptions } from '../src/config/load.ts';
import { DEFAULTS } from '../src/config/options.ts';
import { UserError } from '../src/model/errors.ts';
import type { Report } from '../src/model/report.ts';
import type { Migration } from '../src/model/source.ts';
import { checkout } from '../src/repo/checkout.ts';
import { wordsOf } from '../src/repo/limited.ts';
import { sqlCommand } from '../src/repo/sql-command.ts';
import { run } from '../src/run.ts';

/** As Django's `sqlmigrate` prints: a comment for each operation, inside one transaction. */
const PRINTER = `const [file, app, migration] = process.argv.slice(2);
if (migration === '0009_broken') { console.error('NodeNotFoundError: 0009_broken'); process.exit(4); }
console.log('BEGIN;\\n--\\n-- Add index to ' + app + ' by ' + file + '\\n--\\nCREATE INDEX "users_email" ON "users" ("email");\\nCOMMIT;');
`;
const COMMAND = 'node print.cjs {file} {app} {migration}';

let root: string;
const put = (files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'migration-gate-sql-command-'));
  put({ 'print.cjs': PRINTER });
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const migration = (file: string): Migration => ({
  id: file,
  framework: 'django',
  file,
  sql: '',
  changed: true,
  direction: 'up',
  transaction: 'whole-file',
  noTransaction: null,
  unread: [],
});
const PYTHON = 'class Migration(migrations.Migration):\n    operations = [migrations.AddIndex()]\n';

async function check(files: Readonly<Record<string, string>>, changed: string, command = COMMAND): Promise<Report> {
  put(files);
  return await run({
    repo: await checkout(root),
    changed: [{ path: changed, status: 'added' }],
    options: { ...DEFAULTS, 'sql-command': command },
    mode: 'pull-request',
    commands: { print: sqlCommand(root, command) },
  });
}

describe('a migration that a command prints', () => {
  test('is judged on its first line, in the transaction that is printed', async () => {
    const report = await check({ 'shop/migrations/0002_email.py': PYTHON }, 'shop/migrations/0002_email.py');
    expect(report.blindSpots).toEqual([]);
    expect(report.migrations.flatMap(({ statements }) => statements.map(({ span }) => span))).toEqual(
      Array(3).fill({ file: 'shop/migrations/0002_email.py', line: 1, endLine: 1 }),
    );
    expect(report.findings.map(({ rule, span }) => [rule, span.line])).toContainEqual(['blocking-index-build', 1]);
    expect(report.findings.map(({ rule }) => rule)).not.toContain('nested-transaction');
  });

  test('allows what a comment of the program allows', async () => {
    const text = `# migration-gate: allow blocking-index-build: the table has forty rows\n${PYTHON}`;
    const report = await check({ 'shop/migrations/0002_email.py': text }, 'shop/migrations/0002_email.py');
    const found = report.findings.find(({ rule }) => rule === 'blocking-index-build');
    expect(found?.allowed).toEqual({ reason: 'the table has forty rows' });
  });

  test('is printed only when it changed and is not read anyway', async () => {
    const knex = "exports.up = knex => knex.raw('alter table users add column email text');\n";
    const report = await check(
      {
        'migrations/20240101000000_a.js': 'exports.up = knex => knex.schema.x();',
        'migrations/20240102000000_b.js': knex,
      },
      'migrations/20240102000000_b.js',
      'node never.cjs',
    );
    expect(report.migrations.map(({ statements }) => statements.map(({ span }) => span.line))).toEqual([[1]]);
  });

  test.each([
    ['nothing', '', 'sql-command printed no SQL.'],
    ['comments', 'BEGIN;\n-- done\nCOMMIT;', 'sql-command printed no SQL.'],
    [
      'that it is not all',
      'select 1;\n-- THIS OPERATION CANNOT BE WRITTEN AS SQL',
      'sql-command reports that part of the migration cannot be written as SQL.',
    ],
  ])('of which it prints %s is a blind spot', async (_, sql, because) => {
    put({ 'print.cjs': `console.log(${JSON.stringify(sql)})` });
    const report = await check({ 'shop/migrations/0002_email.py': PYTHON }, 'shop/migrations/0002_email.py');
    expect(report.blindSpots).toEqual([
      { span: { file: 'shop/migrations/0002_email.py', line: 1, endLine: 1 }, because, kind: 'unread', allowed: null },
    ]);
    expect(report.conclusion).toBe('fail');
  });

  test('and that changes nothing in the database is none', async () => {
    put({ 'print.cjs': "console.log('--\\n-- Alter field email on user\\n--\\n-- (no-op)')" });
    const report = await check({ 'shop/migrations/0002_email.py': PYTHON }, 'shop/migrations/0002_email.py');
    expect([report.blindSpots, report.conclusion]).toEqual([[], 'pass']);
  });

  test('leaves out what the tool writes into its own history', async () => {
    put({
      'print.cjs': `console.log("ALTER TABLE users ADD COLUMN note text; UPDATE alembic_version SET version_num='2b' WHERE true;")`,
    });
    const file = 'alembic/versions/2b_note.py';
    const report = await check({ [file]: "revision = '2b'\ndown_revision = '1a'\n" }, file);
    expect(report.migrations.flatMap(({ statements }) => statements.map(({ sql }) => sql))).toEqual([
      'ALTER TABLE users ADD COLUMN note text',
    ]);
  });
});

describe('the command', () => {
  const ECHO = 'node -e "console.log(JSON.stringify(process.argv.slice(1)))" -- ';
  const echoed = async (words: string, file: string, previous = ''): Promise<unknown> =>
    JSON.parse(await sqlCommand(root, `${ECHO}${words}`)(migration(file), previous));

  test('gets its placeholders as single words, whatever they hold', async () => {
    expect(
      await echoed(
        '{file} {app}.{migration} {directory} {version} {previous}:{id} "a b"',
        "my app/migrations/0002_$(id);'.py",
        '0001',
      ),
    ).toEqual([
      "my app/migrations/0002_$(id);'.py",
      "my app.0002_$(id);'",
      'my app/migrations',
      '0002',
      "0001:my app/migrations/0002_$(id);'.py",
      'a b',
    ]);
  });

  test('refuses a name that would be an option', async () => {
    await expect(echoed('{file}', '--exec=x/migrations/0001_a.py')).rejects.toThrow('starts with a dash');
  });

  test('fails with what the program said, the file and the command', async () => {
    const failing = sqlCommand(root, COMMAND)(migration('shop/migrations/0009_broken.py'), '');
    await expect(failing).rejects.toThrow(UserError);
    await expect(failing).rejects.toMatchObject({
      message: `shop/migrations/0009_broken.py: sql-command exited with status 4: ${COMMAND}`,
      hint: 'NodeNotFoundError: 0009_broken',
      span: { file: 'shop/migrations/0009_broken.py', line: 1 },
    });
  });

  test('fails when there is no such program', async () => {
    await expect(sqlCommand(root, 'no-such-program')(migration('a.py'), '')).rejects.toThrow('status 127');
  });

  test('is ended, with all that it started, when it takes too long', async () => {
    put({ 'slow.cjs': "require('node:child_process').spawnSync('sleep', ['60'], { stdio: 'inherit' });" });
    const started = Date.now();
    await expect(sqlCommand(root, 'node slow.cjs', 500)(migration('a.py'), '')).rejects.toThrow(
      'took longer than 0.5 seconds',
    );
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  test('sees neither the inputs of the action nor the files by which a step speaks', async () => {
    process.env['INPUT_GITHUB-TOKEN'] = 'secret';
    process.env.GITHUB_OUTPUT = '/tmp/output';
    try {
      const seen = sqlCommand(root, 'node -e "console.log(Object.keys(process.env).join())"')(migration('a.py'), '');
      expect((await seen).split(',').filter(name => /^(INPUT_|GITHUB_OUTPUT)/.test(name))).toEqual([]);
    } finally {
      delete process.env['INPUT_GITHUB-TOKEN'];
      delete process.env.GITHUB_OUTPUT;
    }
  });

  test.each([
    ['a  b', ['a', 'b']],
    [`a "b c" 'd "e"' f"g h"`, ['a', 'b c', 'd "e"', 'fg h']],
  ])('words of %s', (command, words) => {
    expect(wordsOf(command, 'sql-command')).toEqual(words);
  });

  test('must close its quotes, and begin with a program', () => {
    expect(() => wordsOf('a "b', 'sql-command')).toThrow('quote is not closed');
    expect(() => wordsOf(' ', 'sql-command')).toThrow('must start with the name of a program');
    expect(() => sqlCommand(root, '{file} --sql')).toThrow('must start with the name of a program');
  });
});

test('the configuration file, which a pull request may change, cannot set it', async () => {
  const file = { path: '.migration-gate.yml', text: 'sql-command: rm -rf .\n' };
  await expect(loadOptions({ inputs: new Map(), flags: new Map(), file, ruleIds: [] })).rejects.toThrow(
    '.migration-gate.yml:1: sql-command: cannot be set in this file',
  );
});
