import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Report } from '../src/model/report.ts';
import { fakeGitHub } from './helpers/fake-github.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { runAction } from './helpers/run-action.ts';
import { reportOf, runCli } from './helpers/run-cli.ts';

/** Which configuration a change is judged by, through the bundle. */
const FILE = '.migration-gate.yml';
const SHOP = { 'migrations/001_shop.sql': 'CREATE TABLE orders (id int PRIMARY KEY, note text);\n' };
const DROP = {
  'migrations/002_drop.sql': "SET lock_timeout = '2s';\nALTER TABLE orders DROP COLUMN note;\nDROP TABLE orders;\n",
};
const SILENT = 'rules:\n  dropped-table: off\n  dropped-column: off\n';

let repo: GitRepo;
beforeEach(() => void (repo = new GitRepo()));
afterEach(() => repo.remove());

const begin = (files: Readonly<Record<string, string>>): void => {
  repo.commit({ ...SHOP, ...files });
  repo.git('checkout', '-q', '-b', 'topic');
};
const brief = ({ findings, conclusion }: Report): string[] => [
  ...findings.map(({ rule, severity, allowed }) => `${severity} ${rule}${allowed ? ' allowed' : ''}`),
  conclusion,
];
const messageOf = ({ findings }: Report, rule: string): string =>
  findings.find(finding => finding.rule === rule)?.message ?? '';

describe('at the command line', () => {
  test('a configuration that the change brings does not hold, and its effect is said', () => {
    begin({});
    repo.commit({ ...DROP, [FILE]: SILENT });
    const report = reportOf(repo.root, '--base', 'main');
    expect(brief(report)).toEqual([
      'error dropped-column',
      'error dropped-table',
      'warning changed-configuration',
      'fail',
    ]);
    expect(messageOf(report, 'changed-configuration')).toBe(
      '.migration-gate.yml is changed. The configuration of the base branch applies until the merge; with the new one, 2 errors (dropped-column, dropped-table) would be hidden and the check would pass.',
    );
  });

  test('one that silences nothing is a notice', () => {
    begin({ [FILE]: 'fail-on: warning\n' });
    repo.commit({ ...DROP, [FILE]: 'fail-on: error\n' });
    const report = reportOf(repo.root, '--base', 'main');
    expect(brief(report)).toContain('notice changed-configuration');
    expect(messageOf(report, 'changed-configuration')).toMatch(/the new one hides no error of this change\.$/);
  });

  test('fail-on: never and on-parse-error: warn are seen as what they are', () => {
    begin({});
    repo.commit({ ...DROP, [FILE]: 'fail-on: never\n' });
    const report = reportOf(repo.root, '--base', 'main');
    expect([report.conclusion, messageOf(report, 'changed-configuration')]).toEqual([
      'fail',
      expect.stringMatching(/with the new one, the check would pass with warnings\.$/),
    ]);
  });

  test.each([
    ['deleted', null],
    ['emptied', ''],
  ])('a base configuration that the change has %s holds', (_, text) => {
    begin({ [FILE]: 'rules:\n  dropped-not-null: error\n' });
    if (text === null) repo.git('rm', '-q', FILE);
    repo.commit({
      'migrations/002.sql': "SET lock_timeout = '2s';\nALTER TABLE orders ALTER note DROP NOT NULL;\n",
      ...(text === null ? {} : { [FILE]: text }),
    });
    expect(brief(reportOf(repo.root, '--base', 'main'))).toEqual([
      'error dropped-not-null',
      'warning changed-configuration',
      'fail',
    ]);
  });

  test('a configuration that would not load is an error, and judged by the base all the same', () => {
    begin({ [FILE]: 'postgres-version: 17\n' });
    repo.commit({ ...DROP, [FILE]: 'postgres-version: 17\nfail-onn: never\n' });
    const report = reportOf(repo.root, '--base', 'main');
    expect(brief(report)).toEqual([
      'error dropped-column',
      'error dropped-table',
      'error invalid-configuration',
      'fail',
    ]);
    expect(messageOf(report, 'invalid-configuration')).toContain('.migration-gate.yml:2: fail-onn: unknown option.');
  });

  test('a file that becomes a link is no configuration', () => {
    begin({ [FILE]: 'postgres-version: 17\n' });
    repo.write({ 'elsewhere.yml': SILENT });
    repo.git('rm', '-q', FILE);
    repo.link('elsewhere.yml', FILE);
    repo.commit(DROP);
    expect(brief(reportOf(repo.root, '--base', 'main'))).toContain('error dropped-table');
  });

  test.each([
    ['in the base', { [FILE]: 'config-from: head\n' }, []] as const,
    ['as a flag', {}, ['--config-from', 'head']] as const,
  ])('config-from: head %s applies the new one', (_, files, flags) => {
    begin(files);
    repo.commit({ ...DROP, [FILE]: `config-from: head\n${SILENT}` });
    expect(brief(reportOf(repo.root, '--base', 'main', ...flags))).toEqual(['pass']);
  });

  test('config-from: head that only the change says does nothing', () => {
    begin({});
    repo.commit({ ...DROP, [FILE]: `config-from: head\n${SILENT}` });
    expect(brief(reportOf(repo.root, '--base', 'main'))).toContain('error dropped-table');
  });

  test('an ignored file is nobody’s change, and holds', () => {
    begin({ '.gitignore': `${FILE}\n` });
    repo.commit(DROP);
    repo.write({ [FILE]: SILENT });
    expect(brief(reportOf(repo.root, '--base', 'main'))).toEqual(['pass']);
  });

  test('a configuration that is not there is an error of the caller', () => {
    begin({});
    const { code, stderr } = runCli(repo.root, ['check', '--base', 'main', '--config', 'none.yml']);
    expect([code, stderr]).toEqual([2, 'migration-gate: config: file "none.yml" does not exist or cannot be read.\n']);
  });
});

describe('suppressions', () => {
  const ALLOWED = {
    'migrations/002.sql':
      "SET lock_timeout = '2s';\n-- migration-gate: allow dropped-table: empty\nDROP TABLE orders;\n",
  };

  test.each([
    ['comment', ['error dropped-table allowed', 'pass']],
    ['approval', ['error dropped-table', 'error refused-suppression', 'fail']],
    ['never', ['error dropped-table', 'error refused-suppression', 'fail']],
  ])('%s, as the base says', (who, expected) => {
    begin({ [FILE]: `suppressions:\n  dropped-table: ${who}\n` });
    repo.commit(ALLOWED);
    expect(brief(reportOf(repo.root, '--base', 'main'))).toEqual(expected);
  });

  test('the default holds for rules that are not listed', () => {
    begin({ [FILE]: 'suppressions:\n  default: never\n  dropped-table: comment\n' });
    repo.commit(ALLOWED);
    expect(brief(reportOf(repo.root, '--base', 'main'))).toEqual(['error dropped-table allowed', 'pass']);
  });

  const review = { user: { login: 'grace' }, state: 'APPROVED', commit_id: 'HEAD', author_association: 'MEMBER' };
  test.each([
    ['nobody has', [], false],
    ['a member has, the newest commit', [review], true],
    ['a member has, an older commit', [{ ...review, commit_id: '0'.repeat(40) }], false],
    ['the author has', [{ ...review, user: { login: 'ada' } }], false],
    ['a stranger has', [{ ...review, author_association: 'CONTRIBUTOR' }], false],
    ['a member has, and took it back', [review, { ...review, state: 'DISMISSED' }], false],
    ['a member has, and commented later', [review, { ...review, state: 'COMMENTED' }], true],
  ])('an approval counts where %s', async (_, reviews, counts) => {
    begin({ [FILE]: 'suppressions:\n  dropped-table: approval\n' });
    repo.git('checkout', '-q', 'main');
    const { base, head } = repo.pullRequest(ALLOWED);
    const github = await fakeGitHub({
      reviews: reviews.map(one => ({ ...one, commit_id: one.commit_id === 'HEAD' ? head : one.commit_id })),
    });
    const event = {
      pull_request: {
        number: 7,
        user: { login: 'ada' },
        head: { sha: head, ref: 'topic', repo: { full_name: 'acme/shop' } },
        base: { sha: base, ref: 'main', repo: { full_name: 'acme/shop' } },
      },
      repository: { default_branch: 'main' },
    };
    const { report } = await runAction({
      workspace: repo.root,
      api: github.url,
      event,
      eventName: 'pull_request_review',
    });
    await github.close();
    const { conclusion } = JSON.parse(report ?? '{}') as Report;
    expect(conclusion).toBe(counts ? 'pass' : 'fail');
  });
});

describe('on a pull request', () => {
  test('the configuration of the base holds', async () => {
    repo.commit({ ...SHOP });
    const { base, head } = repo.pullRequest({ ...DROP, [FILE]: SILENT });
    const github = await fakeGitHub();
    const event = {
      pull_request: {
        number: 7,
        user: { login: 'ada' },
        head: { sha: head, ref: 'topic', repo: { full_name: 'acme/shop' } },
        base: { sha: base, ref: 'main', repo: { full_name: 'acme/shop' } },
      },
      repository: { default_branch: 'main' },
    };
    const { report, code } = await runAction({ workspace: repo.root, api: github.url, event });
    await github.close();
    expect(code).toBe(1);
    expect(brief(JSON.parse(report ?? '{}') as Report)).toContain('warning changed-configuration');
  });
});
