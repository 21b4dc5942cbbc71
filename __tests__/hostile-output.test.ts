import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fakeGitHub, type FakeGitHub } from './helpers/fake-github.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { runAction } from './helpers/run-action.ts';
import { runCli } from './helpers/run-cli.ts';

/** What a terminal, GitHub's runner or a reader would obey, were it printed as it is. */
const STRINGS = {
  'a workflow command on a line of its own': 'x\n::error::pwned',
  'one after blanks and a carriage return': 'x\r\n \t::add-mask::pwned',
  'the old form of one': 'x ##[error]pwned',
  'an escape sequence': 'x\u001b[2K\u001b]0;pwned\u0007',
  'a turned direction': 'x\u202egnp.\u2066elif\u2069',
  'what has no width, and a C1 control': 'x\u200b\ufeff\u009b31m\u2028',
};
const identifier = (text: string): string => `"${text.replaceAll('"', '""')}"`;
/** Where it may come from: the text of a migration. */
const PLACES: Readonly<Record<string, (text: string) => string>> = {
  table: text => `DROP TABLE ${identifier(text)};`,
  column: text => `ALTER TABLE t DROP COLUMN ${identifier(text)};`,
  index: text => `CREATE INDEX ${identifier(text)} ON t (id);`,
  constraint: text => `ALTER TABLE t ADD CONSTRAINT ${identifier(text)} CHECK (id > 0);`,
  'syntax error': text => `SELEC ${identifier(text)};`,
  'reason of an allowance': text => `/* migration-gate: allow dropped-table: ${text} */ DROP TABLE t;`,
  'id of an allowance': text => `/* migration-gate: allow ${text.replace(/[^\w]/g, '')}: x ${text} */ DROP TABLE t;`,
  'dump of the parser': text =>
    `DO $$\n#option dump\nDECLARE x text := '${text}\n${text}'; BEGIN PERFORM '${text}'; END $$;`,
  'dump of a function': text =>
    `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$\n#option dump\nBEGIN PERFORM '\n${text}'; RETURN NEW; END $$;`,
  'text put together': text => `DO $$ BEGIN EXECUTE '${text}' || now(); END $$;`,
};
const FORMATS = ['text', 'markdown', 'json', 'sarif', 'github'] as const;

// eslint-disable-next-line no-control-regex
const RAW = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
const isCommand = (line: string): boolean => /^\s*::/.test(line) || line.includes('##[');
/** Lines that say what no line may say; a workflow command of ours is one about a file. */
const spoken = (output: string): string[] =>
  output
    .split('\n')
    .filter(line => RAW.test(line) || (isCommand(line) && !/^::(error|warning|notice) file=[^\n]*,title=/.test(line)));

let repo: GitRepo;
beforeAll(() => {
  repo = new GitRepo();
  repo.commit({ 'migrations/001_t.sql': 'CREATE TABLE t (id bigint PRIMARY KEY);\n' });
});
afterAll(() => repo.remove());

describe.each(Object.entries(STRINGS))('%s', (_, text) => {
  const file = `migrations/002_${text.replaceAll('/', '_')}.sql`;
  const sql = Object.values(PLACES).map(place => place(text));

  test.each(FORMATS)('from every place, and in a file name, is escaped in %s', format => {
    repo.write({ [file]: sql.join('\n') });
    const { stdout, stderr, code } = runCli(repo.root, ['check', '--changed', file, '--format', format]);
    expect([spoken(stdout), stderr, code]).toEqual([[], '', 1]);
  });

  test('is in the JSON report as it is', () => {
    repo.write({ [file]: sql.join('\n') });
    const { stdout } = runCli(repo.root, ['check', '--changed', file, '--format', 'json']);
    expect(JSON.stringify(JSON.parse(stdout))).toContain(JSON.stringify(text).slice(1, -1));
  });

  test.each([
    ['a command', [text]],
    ['a flag', ['check', `--${text}`]],
    ['a configuration file', ['check', '--config', text]],
    ['a base', ['check', '--base', text]],
    ['a format', ['check', '--format', text]],
    ['a framework', ['check', '--framework', text, '--all']],
    ['a rule', ['explain', text]],
  ])('as %s is escaped in the message', (_where, args) => {
    const { stdout, stderr, code } = runCli(repo.root, args);
    expect([spoken(stdout + stderr), code]).toEqual([[], 2]);
  });

  test('in the configuration is escaped in the message', () => {
    const config = { rules: { [text]: text }, overrides: [{ [text]: text }], [text]: text, framework: text };
    repo.write({ 'hostile.yml': JSON.stringify(config) });
    const { stderr, code } = runCli(repo.root, ['check', '--config', 'hostile.yml', '--all']);
    expect([spoken(stderr), code]).toEqual([[], 2]);
  });
});

test('the action obeys none of it', async () => {
  let github: FakeGitHub | undefined;
  const own = new GitRepo();
  try {
    github = await fakeGitHub();
    own.commit({ 'migrations/001_t.sql': 'CREATE TABLE t (id bigint PRIMARY KEY);\n' });
    const files = Object.values(STRINGS).map((text, nth) => [
      `migrations/00${nth + 2}_${text.replaceAll('/', '_')}.sql`,
      Object.values(PLACES)
        .map(place => place(text))
        .join('\n'),
    ]);
    const { base, head } = own.pullRequest(Object.fromEntries(files) as Record<string, string>);
    const event = {
      pull_request: {
        number: 7,
        head: { sha: head, repo: { full_name: 'acme/shop' } },
        base: { sha: base, ref: 'main', repo: { full_name: 'acme/shop' } },
      },
    };
    const { commands, log, code } = await runAction({ workspace: own.root, api: github.url, event });
    expect(code).toBe(1);
    expect(log.split('\n').filter(line => RAW.test(line.replace(/%1B/g, '')))).toEqual([]);
    const known = ['add-mask', 'error', 'warning', 'notice'];
    expect(commands.filter(({ name, message }) => !known.includes(name) || message.startsWith('pwned'))).toEqual([]);
    expect(commands.filter(({ name }) => name === 'add-mask').map(({ message }) => message)).toEqual(['ghs_secret']);
    expect(github.comments.map(({ body }) => RAW.test(body))).toEqual([false]);
  } finally {
    own.remove();
    await github?.close();
  }
});
