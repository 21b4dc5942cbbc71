import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { OPTIONS, type OptionName, type OptionSpec } from '../src/config/options.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect } from '../src/database/service.ts';
import { findingIds } from '../src/findings/registry.ts';
import type { DeployReport, HistoryExport } from '../src/model/deploy-report.ts';
import type { Report } from '../src/model/report.ts';
import { fakeGitHub } from './helpers/fake-github.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { NODES } from './helpers/nodes.ts';
import { runAction } from './helpers/run-action.ts';
import { runCli } from './helpers/run-cli.ts';
import {
  CHANGE,
  HISTORY,
  CHECKED,
  LOCAL,
  MEASURED,
  migrations,
  rules,
  touching,
  type Case,
  type Files,
  type Outcome,
} from './option-cases.ts';

jest.setTimeout(120_000);

const repos: GitRepo[] = [];
const coverage = mkdtempSync(join(tmpdir(), 'migration-gate-coverage-'));
let server: Server;
beforeAll(async () => {
  const folders = [await postgresBinaries(17), await postgresBinaries(15)];
  process.env.PATH = [...folders, process.env.PATH ?? ''].join(delimiter);
  server = await startLocal({ binaries: folders[0] ?? '' });
  const client = await connect(server.url);
  await client.query('create table somebody_s (id int)');
  await client.end();
});
afterAll(async () => {
  for (const repo of repos) repo.remove();
  rmSync(coverage, { recursive: true, force: true });
  await server.stop();
});

/** A branch that adds the change and the case's files to the history. */
function branch(files: Files, base: Files = {}): { repo: GitRepo; event: object } {
  const repo = new GitRepo();
  repos.push(repo);
  repo.commit({ ...HISTORY, ...base });
  const { base: from, head } = repo.pullRequest({ ...CHANGE, ...files });
  const full = { full_name: 'acme/shop' };
  const event = {
    pull_request: {
      number: 7,
      user: { login: 'ada' },
      head: { sha: head, ref: 'topic', repo: full },
      base: { sha: from, ref: 'main', repo: full },
    },
    repository: { default_branch: 'main' },
  };
  return { repo, event };
}

const traced = (version: string): { NODE_V8_COVERAGE: string } => ({ NODE_V8_COVERAGE: join(coverage, version) });

interface On {
  readonly version: string;
  readonly node: string;
  readonly files?: Files;
  /** Of the base branch: the configuration that counts. */
  readonly base?: Files;
}
function byFlags({ version, node, files = {}, base = {} }: On, options: Readonly<Record<string, string>>): Outcome {
  const { repo } = branch(files, base);
  const flags = Object.entries(options).flatMap(([name, value]) => value.split('\n').map(one => `--${name}=${one}`));
  const { code: status, stdout } = runCli(repo.root, ['check', '--base', 'main', '-f', 'json', ...flags], {
    node,
    env: traced(version),
  });
  return { code: status, report: status === 2 ? null : (JSON.parse(stdout) as Report), comments: 0, root: repo.root };
}
async function byInputs(
  { version, node, files = {}, base = {} }: On,
  inputs: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const { repo, event } = branch(files, base);
  const github = await fakeGitHub();
  try {
    const setting = { workspace: repo.root, api: github.url, event, inputs, node };
    const path = { PATH: process.env.PATH ?? '' };
    const outcome = await runAction({ ...setting, env: { ...path, ...traced(version) } });
    const report = outcome.report === null ? null : (JSON.parse(outcome.report) as Report);
    return { code: outcome.code, report, comments: github.comments.length, root: repo.root };
  } finally {
    await github.close();
  }
}
/** As a file says it; a list has items, and no other value needs quotes. */
const yaml = (name: OptionName, value: string): string =>
  OPTIONS[name].type === 'list'
    ? `${name}:\n${value
        .split('\n')
        .map(line => `  - ${JSON.stringify(line)}\n`)
        .join('')}`
    : `${name}: ${value}\n`;

const spec = (name: OptionName): OptionSpec => OPTIONS[name];
const analyzed = (Object.entries(CHECKED) as [OptionName, Case][]).map(([name, one]) => [name, one] as const);
const measured = (Object.entries(MEASURED) as [OptionName, Case][]).map(([name, one]) => [name, one] as const);

test('every option has a case', () => {
  const cases = [...analyzed, ...measured].map(([name]) => name);
  // Of deploy, with databases of their own: preflight.test.ts and applied-history.test.ts.
  const ofDeploy = ['mode', 'database-url-env', 'history', 'history-table'];
  const ofPreflight = ['migration-role', 'preflight', 'preflight-limits'];
  expect([...cases, 'config-from', 'allow-nonempty-database', ...ofDeploy, ...ofPreflight].sort()).toEqual(
    Object.keys(OPTIONS).sort(),
  );
});

describe.each(NODES)('the bundle on Node %s', (version, node) => {
  test.each(analyzed)('%s does what it says as flag, input and key', async (name, one) => {
    const { value, seen, files = {}, base = {}, also = {}, expected } = one;
    const on = { version, node, files, base };
    const inputOnly = name === 'comment' || name === 'github-token';
    const without = name === 'github-token' ? { 'github-token': '' } : {};
    const bare = inputOnly ? await byInputs(on, without) : byFlags(on, also);
    expect(seen(bare)).toEqual(expected[1]);
    const configured = { ...on, base: { ...base, '.migration-gate.yml': yaml(name, value) } };
    const given = {
      flag: () => byFlags(on, { ...also, [name]: value }),
      input: () => byInputs(on, { ...also, [name]: value }),
      file: () => (inputOnly ? byInputs(configured, {}) : byFlags(configured, also)),
    };
    for (const place of spec(name).places) expect([place, seen(await given[place]())]).toEqual([place, expected[0]]);
  });

  test('a configuration file with every key, every rule and an override', () => {
    const every = [...analyzed, ...measured].filter(([name]) => spec(name).places.includes('file'));
    const values: Partial<Record<OptionName, string>> = {
      ignore: 'none/**',
      paths: 'migrations/**',
      'on-parse-error': 'fail',
      'fail-on': 'error',
    };
    const keys = every.map(([name, { value }]) => yaml(name, values[name] ?? value)).join('');
    const off = findingIds.map(id => `  ${id}: off\n`).join('');
    const override =
      'overrides:\n  - paths: [migrations/2*]\n    transaction: per-statement\n    rules: { blocking-index-build: notice }\n';
    const base = {
      '.migration-gate.yml': `config-from: base\n${keys}rules:\n${off}${override}`,
      'seed.sql': "insert into users values (1, 'a');\n",
    };
    const outcome = byFlags({ version, node, base }, {});
    expect(outcome.report?.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['blocking-index-build', 'notice'],
    ]);
    expect([outcome.code, outcome.report?.pg]).toEqual([0, 17]);
  });

  test('every rule and finding is explained, help and version are told', () => {
    const root = branch({}).repo.root;
    const { stdout } = runCli(root, ['explain', ...findingIds], { node, env: traced(version) });
    expect(findingIds.filter(id => !stdout.includes(`${id} (`))).toEqual([]);
    expect(runCli(root, ['check', '-h'], { node, env: traced(version) }).stdout).toContain('--[no-]concurrent-load');
    expect(runCli(root, ['-v'], { node }).stdout).toBe(runCli(root, ['--version'], { node }).stdout);
  });

  test('history-table, of deploy and history, as flag and key', async () => {
    const client = await connect(server.url);
    await client.query(
      'create table if not exists versions (n int primary key); insert into versions values (1) on conflict do nothing',
    );
    await client.end();
    const key = 'history-table:\n  table: public.versions\n  version: n\n';
    const flag = ['--history-table', 'table=public.versions,version=n'];
    const env = { ...traced(version), DATABASE_URL: server.url };
    const deploy = (base: Files, ...args: readonly string[]): unknown => {
      const { repo } = branch({}, base);
      const { stdout } = runCli(repo.root, ['deploy', '-f', 'json', ...args], { node, env });
      const { verdict, migrations: states } = JSON.parse(stdout) as DeployReport;
      return [verdict, ...states.map(({ state }) => state)];
    };
    expect(deploy({})).toEqual(['could-not-judge']);
    // The table that the applied migration creates is not there (schema-drift).
    expect(deploy({}, ...flag)).toEqual(['warn', 'applied', 'pending']);
    expect(deploy({ '.migration-gate.yml': key })).toEqual(['warn', 'applied', 'pending']);
    const { stdout } = runCli(branch({}).repo.root, ['history', ...flag], { node, env });
    expect((JSON.parse(stdout) as HistoryExport).tables.map(({ name }) => name)).toContain('versions');
    const exported = join(coverage, 'history.json');
    writeFileSync(exported, stdout);
    expect(
      byFlags({ version, node, base: { '.migration-gate.yml': key } }, { history: exported }).report?.notes.join(),
    ).toContain('is applied in postgres');
    const outcome = await runAction({
      ...{ workspace: branch({}, { '.migration-gate.yml': key }).repo.root, api: 'http://127.0.0.1:1', node },
      ...{ eventName: 'push', event: { ref: 'refs/heads/main', repository: { default_branch: 'main' } } },
      inputs: { mode: 'deploy', 'database-url-env': 'TARGET' },
      env: { PATH: process.env.PATH ?? '', ...traced(version), TARGET: server.url },
    });
    expect([outcome.outputs.verdict, outcome.outputs.pending]).toEqual(['warn', '1']);
  });

  test('a remedy that is written from the tree', () => {
    const files = { 'migrations/2_email.up.sql': 'reindex table users;' };
    const [finding] = byFlags({ version, node, files }, {}).report?.findings ?? [];
    expect(finding?.remedy?.steps.map(({ sql }) => sql).join()).toContain('REINDEX (CONCURRENTLY) TABLE users');
  });

  test('booleans are flags', () => {
    const required = (...flags: string[]): boolean => {
      const root = branch({}).repo.root;
      const { stdout } = runCli(root, ['check', '--base', 'main', '-f', 'json', ...flags], { node });
      return (JSON.parse(stdout) as Report).findings.some(({ rule }) => rule === 'missing-rollback');
    };
    expect(required('--require-rollback')).toBe(true);
    expect(required('--require-rollback', 'migrations/**')).toBe(true);
    expect(required('--require-rollback', '--no-require-rollback')).toBe(false);
    expect(required('--require-rollback=false', '--no-concurrent-load')).toBe(false);
  });

  test.each([
    [['check', '--output', '/nonexistent/x'], 'directory "/nonexistent" does not exist'],
    [['check', '--no-concurent-load'], 'Did you mean "--no-concurrent-load"?'],
    [['check', '--all=perhaps'], '--all: must be true or false'],
    [['explain', 'failing-rollbak'], 'Did you mean "failing-rollback"?'],
    [['explain'], 'give the id'],
    [['chekc'], 'Unknown command: "chekc"'],
  ])('%j ends with 2 and a way out, without a stack', (args, said) => {
    const { code: status, stderr } = runCli(branch({}).repo.root, args, { node });
    expect(status).toBe(2);
    expect(stderr).toContain(said);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('the embedded Postgres, and a local one with every command', async () => {
    const files = { 'do.cjs': touching, 'print.cjs': "console.log('select 1;');\n" };
    const embedded = byFlags({ version, node, files }, { database: 'embedded', 'generate-rows': '9' });
    expect(migrations(embedded)[0]?.statements[0]?.traced?.confirmed.length).toBeGreaterThan(0);
    const commands = {
      'seed-command': 'node do.cjs',
      'apply-command': 'node do.cjs',
      'schema-command': 'node print.cjs',
      'also-test-versions': '17',
    };
    const local = await byInputs({ version, node, files }, { ...LOCAL, ...commands });
    expect(migrations(local)[0]?.statements[0]?.traced?.unpredicted).toEqual([]);
  });

  test('what only a newer grammar reads is read by that of the version that is asked for', () => {
    const files = { 'migrations/2_email.up.sql': 'create table b (id int, one int generated always as (id) virtual);' };
    const spots = (major: string): string[] =>
      (byFlags({ version, node, files }, { 'postgres-version': major }).report?.blindSpots ?? []).map(
        ({ kind }) => kind,
      );
    expect([spots('15'), spots('18')]).toEqual([['syntax'], []]);
  });

  test('a dump that the change updates is compared with what it was', () => {
    const indexed = `${HISTORY['structure.sql'] ?? ''}create index users_email on users (email);\n`;
    const outcome = byFlags({ version, node, files: { 'structure.sql': indexed } }, { 'schema-dump': 'structure.sql' });
    expect(rules(outcome)).toContain('blocking-index-build');
    expect(rules(outcome)).not.toContain('schema-drift');
  });

  test('config-from', () => {
    const on = { version, node, files: { '.migration-gate.yml': 'config-from: head\nfail-on: never\n' } };
    expect(byFlags(on, {}).code).toBe(1);
    expect(byFlags(on, { 'config-from': 'head' }).code).toBe(0);
    expect(byFlags({ ...on, base: { '.migration-gate.yml': 'config-from: head\n' } }, {}).code).toBe(0);
  });

  test('without --base, what changed is asked of the default branch', () => {
    const { repo } = branch({});
    const { stdout } = runCli(repo.root, ['check', '-f', 'json'], { node, env: traced(version) });
    expect((JSON.parse(stdout) as Report).migrations.map(({ file }) => file)).toContain('migrations/2_email.up.sql');
  });
});

describe('on a server, by flag', () => {
  const on = { version: NODES[0]?.[0] ?? '', node: process.execPath };
  test.each(measured)('%s', (name, { value, seen, files = {}, also = {}, expected }) => {
    expect(seen(byFlags({ ...on, files }, also))).toEqual(expected[1]);
    expect(seen(byFlags({ ...on, files }, { ...also, [name]: value }))).toEqual(expected[0]);
  });

  test('allow-nonempty-database', () => {
    const address = { database: server.url, 'generate-rows': '9' };
    const { hostname, port, pathname } = new URL(server.url);
    expect(byFlags(on, address).code).toBe(2);
    expect(
      byFlags(on, { ...address, 'allow-nonempty-database': `${decodeURIComponent(hostname)}:${port}${pathname}` }).code,
    ).toBe(1);
  });
});

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
test.each(NODES)('every file of dist was loaded by the runs on Node %s', version => {
  const loaded = new Set<string>();
  for (const name of readdirSync(join(coverage, version))) {
    const { result } = JSON.parse(readFileSync(join(coverage, version, name), 'utf8')) as { result: { url: string }[] };
    for (const { url } of result) loaded.add(basename(url));
  }
  // The embedded Postgres is a process without an environment: that it ran is seen by what it answered.
  const elsewhere = new Set(['embedded-server.mjs']);
  const files = readdirSync(dist).filter(name => /\.m?js$/.test(name) && !elsewhere.has(name));
  expect(files.filter(name => !loaded.has(name))).toEqual([]);
});
