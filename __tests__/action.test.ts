import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Report } from '../src/model/report.ts';
import { BOT, fakeGitHub, type Answer, type FakeGitHub, type StoredComment } from './helpers/fake-github.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { runAction, type Outcome, type Setting } from './helpers/run-action.ts';

const HISTORY = {
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  'prisma/migrations/20240101000000_users/migration.sql':
    'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);\n',
};
const BAD = { 'prisma/migrations/20240201000000_email/migration.sql': 'CREATE INDEX users_email ON users (email);\n' };
const GOOD = {
  'prisma/migrations/20240201000000_email/migration.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n',
};

/** Text that would be a workflow command, a mention or markup wherever it stands unguarded. */
const HOSTILE_FILE = 'prisma/migrations/20240201000000_a\n::error::pwned\n##[error]pwned/migration.sql';
const HOSTILE_SQL = `-- ::set-output name=conclusion::pass
-- ##[add-mask]x @everyone <!-- </details> -->
CREATE INDEX "x
::error::pwned
##[error]pwned" ON users (email); -- \`\`\`\`
`;

let repo: GitRepo;
let github: FakeGitHub;

beforeEach(() => {
  repo = new GitRepo();
  repo.commit(HISTORY);
});
afterEach(async () => {
  repo.remove();
  await github.close();
});

const pullRequest = ({ base, head }: { base: string; head: string }, from = 'acme/shop'): object => ({
  pull_request: {
    number: 7,
    user: { login: 'ada' },
    head: { sha: head, ref: 'topic', repo: { full_name: from } },
    base: { sha: base, ref: 'main', repo: { full_name: 'acme/shop' } },
  },
  repository: { default_branch: 'main' },
});

const check = async (
  files: Readonly<Record<string, string>>,
  setting: Partial<Setting> & { from?: string } = {},
): Promise<Outcome> => {
  const event = pullRequest(repo.pullRequest(files), setting.from);
  return await runAction({ workspace: repo.root, api: github.url, event, ...setting });
};

const errors = ({ commands }: Outcome): string[] =>
  commands.filter(({ name }) => name === 'error').map(({ message }) => message);
const notices = ({ commands }: Outcome): string =>
  commands
    .filter(({ name }) => name === 'notice')
    .map(({ message }) => message)
    .join('\n');

describe('a pull request', () => {
  test('with a blocking index fails, is annotated at the line, summarised and commented on', async () => {
    github = await fakeGitHub();
    const outcome = await check(BAD);
    expect(outcome.code).toBe(1);
    expect(outcome.outputs).toMatchObject({ conclusion: 'fail', migrations: '1' });
    expect(outcome.commands).toContainEqual(
      expect.objectContaining({
        name: 'error',
        properties: expect.objectContaining({ file: Object.keys(BAD)[0], line: '1' }) as unknown,
      }),
    );
    const report = JSON.parse(outcome.report ?? '') as Report;
    expect(report.findings.map(finding => finding.rule)).toContain('blocking-index-build');
    expect(outcome.summary).toContain('blocking-index-build');
    expect(github.comments.map(comment => comment.body)).toEqual([expect.stringContaining('blocking-index-build')]);
    expect(github.mistakes).toEqual([]);
  });

  test('has one comment, which turns green when the migration is mended', async () => {
    github = await fakeGitHub();
    await check(BAD);
    const red = github.comments[0]?.body ?? '';
    await check(BAD);
    expect(github.comments.map(comment => comment.body)).toEqual([red]);
    const outcome = await check(GOOD);
    expect(outcome.code).toBe(0);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain('passed');
    expect(github.comments[0]?.body).not.toContain('blocking-index-build');
    expect(github.mistakes).toEqual([]);
  });

  test('without findings gets no comment, unless one is always wanted', async () => {
    github = await fakeGitHub();
    await check(GOOD);
    expect(github.comments).toEqual([]);
    await check(GOOD, { inputs: { comment: 'always' } });
    expect(github.comments).toHaveLength(1);
  });

  test('keeps the comments of two jobs apart, and leaves a quotation by a person alone', async () => {
    github = await fakeGitHub();
    await check(BAD);
    const quoted: StoredComment = {
      id: 90,
      body: github.comments[0]?.body ?? '',
      user: { login: 'eve', type: 'User' },
    };
    await github.close();
    github = await fakeGitHub({ comments: [quoted] });
    const before = quoted.body;
    await check(BAD);
    await check(BAD, { env: { GITHUB_JOB: 'second' } });
    expect(github.comments).toHaveLength(3);
    expect(quoted.body).toBe(before);
  });

  test('finds its comment behind a hundred others', async () => {
    github = await fakeGitHub();
    await check(BAD);
    const own = { id: 999, body: (github.comments[0]?.body ?? '').replace('fails', 'failed'), user: BOT };
    await github.close();
    const others = Array.from({ length: 130 }, (_, id) => ({ id, body: 'Nice.', user: BOT }));
    github = await fakeGitHub({ comments: [...others, own] });
    await check(BAD);
    expect(github.comments).toHaveLength(131);
    expect(own.body).toContain('failed');
  });

  test('that touches no migration passes and says so', async () => {
    github = await fakeGitHub();
    const outcome = await check({ 'README.md': 'The shop.\n' });
    expect(outcome.code).toBe(0);
    expect(outcome.outputs).toMatchObject({ conclusion: 'pass', migrations: '0' });
    expect(outcome.summary).toContain('No migration changed');
    expect(github.comments).toEqual([]);
  });

  test('cannot speak to the runner or break out of the comment', async () => {
    github = await fakeGitHub();
    const outcome = await check({ [HOSTILE_FILE]: HOSTILE_SQL });
    expect(outcome.code).toBe(1);
    expect(outcome.outputs.conclusion).toBe('fail');
    expect(
      outcome.commands.map(({ name }) => name).filter(name => !['error', 'warning', 'notice'].includes(name)),
    ).toEqual(['add-mask']);
    expect(errors(outcome).filter(message => message.startsWith('pwned'))).toEqual([]);
    const outside = (github.comments[0]?.body ?? '')
      .replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '')
      .replace(/(`+)[^\n]*?\1/g, '');
    expect(outside).not.toMatch(/@everyone|-->[\s\S]*-->/);
  });

  test('that is not what is checked out is not judged, and does not pass', async () => {
    github = await fakeGitHub();
    const event = pullRequest(repo.pullRequest(BAD));
    repo.git('checkout', '-q', 'main');
    const outcome = await runAction({ workspace: repo.root, api: github.url, event });
    expect(outcome.code).toBe(1);
    expect(outcome.outputs).toEqual({ conclusion: 'could-not-judge' });
    expect(errors(outcome)[0]).toContain('The checked-out commit is not the one');
  });

  test('is judged from git on pull_request_target, where the base is checked out, and leaves no file behind', async () => {
    github = await fakeGitHub();
    const event = pullRequest(repo.pullRequest(BAD), 'stranger/shop');
    repo.git('checkout', '-q', 'main');
    const outcome = await runAction({ workspace: repo.root, api: github.url, event, eventName: 'pull_request_target' });
    expect(outcome.outputs).toMatchObject({ conclusion: 'fail', errors: '1', migrations: '1' });
    expect(existsSync(`${repo.root}/${Object.keys(BAD)[0]}`)).toBe(false);
  });

  test('has none of its programs run by sql-command on pull_request_target, where secrets are at hand', async () => {
    github = await fakeGitHub();
    const event = pullRequest(repo.pullRequest(BAD), 'stranger/shop');
    repo.git('checkout', '-q', 'main');
    const inputs = { 'sql-command': 'node print.cjs {file}' };
    const setting = { workspace: repo.root, api: github.url, event, inputs, eventName: 'pull_request_target' };
    const outcome = await runAction(setting);
    expect(outcome.outputs).toEqual({ conclusion: 'could-not-judge' });
    expect(errors(outcome)[0]).toContain('sql-command is not allowed on pull_request_target');
  });

  test('with a NUL byte in its migration is not judged, and does not pass', async () => {
    github = await fakeGitHub();
    const outcome = await check({ ...GOOD, [Object.keys(BAD)[0] ?? '']: 'select 1;\0 drop table users;' });
    expect(outcome.code).toBe(1);
    expect(outcome.outputs).toEqual({ conclusion: 'could-not-judge' });
  });
});

test('a comment from before does not stay green when the next change cannot be judged', async () => {
  github = await fakeGitHub();
  await check(GOOD, { inputs: { comment: 'always' } });
  expect(github.comments[0]?.body).toContain('passed');
  await check({ [Object.keys(BAD)[0] ?? '']: 'select 1;\0 drop table users;' }, { inputs: { comment: 'always' } });
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]?.body).toContain('could not check this change');
  expect(github.comments[0]?.body).not.toContain('passes');
});

describe('a GitHub in trouble never changes the verdict', () => {
  const refuse =
    (answer: Answer, times = Infinity) =>
    (operation: string, count: number): Answer | null =>
      operation.startsWith('issues/create') && count <= times ? answer : null;

  test.each<[string, Answer, string]>([
    ['403 for a fork', { status: 403, message: 'Resource not accessible by integration' }, 'pull-requests: write'],
    ['404', { status: 404, message: 'Not Found' }, 'GitHub responded with status 404'],
    ['422', { status: 422, message: 'body is too long' }, 'GitHub responded with status 422'],
    ['429 for an hour', { status: 429, message: 'slow down', headers: { 'retry-after': '3600' } }, 'status 429'],
  ])('%s: a notice says why there is no comment', async (_, answer, says) => {
    github = await fakeGitHub({ trouble: refuse(answer) });
    const bad = await check(BAD, { from: 'eve/shop' });
    expect(bad.code).toBe(1);
    expect(bad.outputs.conclusion).toBe('fail');
    expect(notices(bad)).toContain(says);
    const good = await check(GOOD, { from: 'eve/shop', inputs: { comment: 'always' } });
    expect(good.code).toBe(0);
    expect(notices(good)).toContain(says);
    expect(github.comments).toEqual([]);
  });

  test.each<[string, Answer]>([
    ['429 with retry-after', { status: 429, message: 'slow down', headers: { 'retry-after': '1' } }],
    ['a secondary rate limit', { status: 403, message: 'secondary rate limit', headers: { 'retry-after': '1' } }],
    ['502', { status: 502, message: 'Bad Gateway' }],
  ])('%s: tries again', async (_, answer) => {
    github = await fakeGitHub({ trouble: refuse(answer, 1) });
    const outcome = await check(BAD);
    expect(outcome.code).toBe(1);
    expect(notices(outcome)).not.toContain('No comment');
    expect(github.comments).toHaveLength(1);
  });

  test('a body that is too long: a shorter one', async () => {
    github = await fakeGitHub({
      trouble: (operation, _, body) =>
        operation === 'issues/create-comment' && body.length > 20_500 ? { status: 422, message: 'too long' } : null,
    });
    const many = Array.from({ length: 60 }, (_, n) => `CREATE INDEX users_email_${n} ON users (email);`).join('\n');
    const outcome = await check({ [Object.keys(BAD)[0] ?? '']: many });
    expect(outcome.code).toBe(1);
    expect(github.comments).toHaveLength(1);
    expect(outcome.commands.filter(({ name }) => name === 'error')).toHaveLength(10);
    expect(github.mistakes).toEqual([]);
  });
});

describe('where git cannot say what changed', () => {
  const listed = (files: Readonly<Record<string, string>>, more: number): object[] => [
    ...Array.from({ length: more }, (_, n) => ({ filename: `docs/${n}.md`, status: 'added' })),
    ...Object.keys(files).map(filename => ({ filename, status: 'added' })),
  ];
  const without = async (more: number): Promise<Outcome> => {
    github = await fakeGitHub({ files: listed(BAD, more) });
    const event = pullRequest(repo.pullRequest(BAD));
    repo.git('update-ref', '-d', 'HEAD');
    return await runAction({ workspace: repo.root, api: github.url, event });
  };

  test('GitHub’s list is read to its last page', async () => {
    const outcome = await without(250);
    expect(outcome.outputs.conclusion).toBe('fail');
    expect(github.calls.filter(call => call === 'pulls/list-files')).toHaveLength(3);
    expect(github.mistakes).toEqual([]);
  });

  test('a list of 3,000 may be cut short, and is not trusted', async () => {
    const outcome = await without(3100);
    expect(outcome.code).toBe(1);
    expect(outcome.outputs).toEqual({ conclusion: 'could-not-judge' });
    expect(errors(outcome)[0]).toContain('fetch-depth: 0');
  });
});

describe('other events', () => {
  const onMain = async (eventName: string, event: (base: string, head: string) => object): Promise<Outcome> => {
    github = await fakeGitHub();
    const base = repo.git('rev-parse', 'HEAD');
    const head = repo.commit(BAD);
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    return await runAction({ workspace: repo.root, api: github.url, eventName, event: event(base, head) });
  };

  test.each<[string, (base: string, head: string) => object]>([
    ['merge_group', (base_sha, head_sha) => ({ merge_group: { base_sha, head_sha, base_ref: 'refs/heads/main' } })],
    ['push', (before, after) => ({ before, after, repository: { default_branch: 'main' } })],
    ['workflow_dispatch', () => ({ repository: { default_branch: 'main' } })],
    ['schedule', () => ({ schedule: '0 0 * * *' })],
  ])('%s is judged, without a comment', async (eventName, event) => {
    const outcome = await onMain(eventName, event);
    expect(outcome.code).toBe(1);
    expect(outcome.outputs).toMatchObject({ conclusion: 'fail', migrations: '1' });
    expect(github.calls).toEqual([]);
  });

  test('an event that is about no change is refused by name', async () => {
    const outcome = await onMain('issues', () => ({}));
    expect(outcome.code).toBe(1);
    expect(errors(outcome)[0]).toContain('"issues"');
  });
});

/** `.ci/run` brings these two. */
const { NODE20, NODE24 } = process.env;
const nodes = [process.execPath, ...[NODE20, NODE24].filter(node => node !== undefined)];
test.each(nodes.map(node => [execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(), node]))(
  'the bundle runs on Node %s',
  async (_, node) => {
    github = await fakeGitHub();
    const outcome = await check(BAD, { node });
    expect(outcome.outputs).toMatchObject({ conclusion: 'fail', migrations: '1' });
    expect(github.comments).toHaveLength(1);
  },
);
