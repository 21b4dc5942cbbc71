import { afterAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { OPTIONS, type OptionSpec } from '../src/config/options.ts';
import type { Report } from '../src/model/report.ts';
import { fakeGitHub } from './helpers/fake-github.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { runAction } from './helpers/run-action.ts';
import { runCli } from './helpers/run-cli.ts';

/** Options that were renamed keep their former name, through the bundle. */
const VALUES: Readonly<Record<string, string>> = {
  'on-parse-error': 'warn',
  'also-test-versions': '16',
  'generate-rows': '9',
  'concurrent-load': 'false',
  'allow-nonempty-database': 'localhost:5432/shop',
  'schema-dump': 'structure.sql',
};
const RENAMED = Object.entries(OPTIONS as Readonly<Record<string, OptionSpec>>).flatMap(([name, spec]) =>
  spec.formerly === undefined ? [] : [{ name, former: spec.formerly, spec }],
);
const HISTORY = {
  'migrations/001_users.sql': 'create table users (id bigint primary key);\n',
  'structure.sql': 'create table public.users (id bigint primary key);\n',
};
/** Fails, unless `on-parse-error` says otherwise. */
const CHANGE = { 'migrations/002_typo.sql': 'slect 1;\n' };

const repos: GitRepo[] = [];
afterAll(() => {
  for (const repo of repos) repo.remove();
});

function branch(config: string | null = null): { repo: GitRepo; event: object } {
  const repo = new GitRepo();
  repos.push(repo);
  repo.commit({ ...HISTORY, ...(config === null ? {} : { '.migration-gate.yml': config }) });
  const { base, head } = repo.pullRequest(CHANGE);
  const full = { full_name: 'acme/shop' };
  const event = {
    pull_request: {
      number: 7,
      user: { login: 'ada' },
      head: { sha: head, ref: 'topic', repo: full },
      base: { sha: base, ref: 'main', repo: full },
    },
    repository: { default_branch: 'main' },
  };
  return { repo, event };
}

const flags = (config: string | null, ...args: string[]): { code: number | null; report: Report } => {
  const { code, stdout } = runCli(branch(config).repo.root, ['check', '--base', 'main', '-f', 'json', ...args]);
  return { code, report: JSON.parse(stdout) as Report };
};
const yaml = (name: string, { type }: OptionSpec): string =>
  type === 'list' ? `${name}: ['${VALUES[name] ?? ''}']\n` : `${name}: ${VALUES[name] ?? ''}\n`;

test('every option that was renamed has a value here', () => {
  expect(RENAMED.map(({ name }) => name).sort()).toEqual(Object.keys(VALUES).sort());
});

test.each(RENAMED)('$former is $name: as a flag, and as a key', ({ name, former, spec }) => {
  const value = VALUES[name] ?? '';
  const old = flags(null, `--${former}=${value}`);
  const now = flags(null, `--${name}=${value}`);
  expect(old.report.notes).toContain(`--${former} is deprecated; use --${name}.`);
  expect(now.report.notes.join()).not.toContain('deprecated');
  expect(old.code).toBe(now.code);
  expect({ ...old.report, notes: [] }).toEqual({ ...now.report, notes: [] });
  if (!spec.places.includes('file')) return;
  const written = flags(yaml(name, spec).replace(name, former));
  expect(written.report.notes).toContain(`.migration-gate.yml:1: ${former} is deprecated; use ${name}.`);
  expect({ ...written.report, notes: [] }).toEqual({ ...flags(yaml(name, spec)).report, notes: [] });
});

test('the former flags of a boolean', () => {
  expect(flags(null, '--no-canary').report.notes).toContain('--canary is deprecated; use --concurrent-load.');
  expect(flags(null, '--canary', 'migrations/**').report.notes).toContain(
    '--canary is deprecated; use --concurrent-load.',
  );
});

describe('both names in one place are a mistake', () => {
  const both = (config: string | null, ...args: string[]): { code: number | null; stderr: string } => {
    const { code, stderr } = runCli(branch(config).repo.root, ['check', '--base', 'main', ...args]);
    return { code, stderr };
  };

  test('flags', () => {
    const { code, stderr } = both(null, '--unparsed=warn', '--on-parse-error=warn');
    expect(code).toBe(2);
    expect(stderr).toContain(
      '--unparsed: is the former name of --on-parse-error, which is also given. Remove one of them.',
    );
  });

  test('keys', () => {
    const { code, stderr } = both('rows: 7\ngenerate-rows: 7\n');
    expect(code).toBe(2);
    expect(stderr).toContain('.migration-gate.yml:1: rows: is the former name of generate-rows, which is also given.');
  });

  test('a flag goes over a key, whatever the names', () => {
    const { code, report } = flags('unparsed: fail\n', '--on-parse-error=warn');
    expect([code, report.notes]).toEqual([
      0,
      expect.arrayContaining(['.migration-gate.yml:1: unparsed is deprecated; use on-parse-error.']),
    ]);
  });
});

test('the inputs of the action', async () => {
  const github = await fakeGitHub();
  try {
    const inputs = async (given: Readonly<Record<string, string>>): Promise<Awaited<ReturnType<typeof runAction>>> => {
      const { repo, event } = branch();
      return await runAction({ workspace: repo.root, api: github.url, event, inputs: given });
    };
    const old = await inputs({ unparsed: 'warn' });
    const { notes, conclusion } = JSON.parse(old.report ?? '{}') as Report;
    expect(notes).toContain('input unparsed is deprecated; use input on-parse-error.');
    expect([old.code, conclusion]).toEqual([0, 'warn']);
    const both = await inputs({ unparsed: 'warn', 'on-parse-error': 'fail' });
    expect(both.commands.find(({ name }) => name === 'error')?.message).toContain(
      'input unparsed: is the former name of input on-parse-error',
    );
  } finally {
    await github.close();
  }
  const manifest = readFileSync(fileURLToPath(new URL('../action.yml', import.meta.url)), 'utf8');
  for (const { name, former, spec } of RENAMED.filter(one => one.spec.places.includes('input')))
    expect([spec.type, manifest]).toEqual([
      spec.type,
      expect.stringMatching(
        new RegExp(`\n  ${former}:\n.*\n.*\n    deprecationMessage: "${former} is deprecated; use ${name}."\n`),
      ),
    ]);
});
