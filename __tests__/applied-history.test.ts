import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect } from '../src/database/service.ts';
import type { Report } from '../src/model/report.ts';
import { GitRepo } from './helpers/git-repo.ts';
import { runAction, type Setting } from './helpers/run-action.ts';
import { runCli } from './helpers/run-cli.ts';

/** Exported histories in the check of a pull request, and `mode: deploy` of the action. */
jest.setTimeout(120_000);

const FIRST = 'create table users (id bigint primary key);\n';
const SECOND = 'alter table users add column a int;\n';
const EDITED = "set lock_timeout = '2s';\nalter table users add column b int;\n";
const AT = { first: 'prisma/migrations/1_users/migration.sql', second: 'prisma/migrations/2_a/migration.sql' };
const BASE = {
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  [AT.first]: FIRST,
  [AT.second]: SECOND,
};

const exported = (database: string, ...names: readonly string[]): string =>
  JSON.stringify({
    ...{ format: 1, version: '0.1.0' },
    database: { name: database, serverVersion: 170_000, readAt: '2026-01-01T00:00:00.000Z' },
    tables: [
      {
        ...{ schema: 'public', name: '_prisma_migrations', problem: null },
        columns: ['migration_name', 'checksum', 'finished_at', 'rolled_back_at', 'started_at', 'applied_steps_count'],
        rows: names.map(name => ({
          ...{ migration_name: name, checksum: 'x', finished_at: '2026-01-01 00:00:00+00', rolled_back_at: null },
          ...{ started_at: '2026-01-01 00:00:00+00', applied_steps_count: '1' },
        })),
      },
    ],
  });

let repo: GitRepo;
let folder: string;
beforeEach(() => {
  repo = new GitRepo();
  folder = mkdtempSync(join(tmpdir(), 'migration-gate-applied-'));
});
afterEach(() => {
  repo.remove();
  rmSync(folder, { recursive: true, force: true });
});

function outside(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function branch(base: Readonly<Record<string, string>>, change: Readonly<Record<string, string>>): void {
  repo.commit({ ...BASE, ...base });
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit(change);
}

interface Checked {
  readonly code: number | null;
  readonly stderr: string;
  readonly edits: readonly string[];
  readonly report: Report | null;
}

function check(...args: readonly string[]): Checked {
  const { code, stdout, stderr } = runCli(repo.root, ['check', '--base', 'main', '-f', 'json', ...args]);
  const report = stdout === '' ? null : (JSON.parse(stdout) as Report);
  const edits = (report?.findings ?? [])
    .filter(({ rule }) => rule === 'edited-migration')
    .map(({ message }) => message);
  return { code, stderr, edits, report };
}

describe('the edit of a merged migration', () => {
  test('is allowed if no database has applied it, and the new text is checked in its place', () => {
    branch({}, { [AT.second]: 'alter table users alter column id type text;\n' });
    const history = ['--history', outside('shop.json', exported('shop', '1_users'))];
    expect(check().edits).toHaveLength(1);
    const { edits, report } = check(...history);
    expect(edits).toEqual([]);
    expect(report?.findings.map(({ rule, span }) => [rule, span.file])).toContainEqual(['retyped-column', AT.second]);
    expect(report?.notes.join()).toContain('not applied in shop (as of 2026-01-01T00:00:00.000Z): 2_a');
  });

  test('is a finding if one of several databases has applied it, and that one is named', () => {
    branch({}, { [AT.second]: EDITED });
    const [staging, production] = [exported('staging', '1_users', '2_a'), exported('production', '1_users')];
    const both = [outside('a.json', staging), outside('b.json', production)].flatMap(path => ['--history', path]);
    expect(check(...both).edits).toEqual([expect.stringContaining('It is applied in staging.')]);
    expect(check('--history', join(folder, 'b.json')).edits).toEqual([]);
  });

  test('is not allowed by a history that the change edits', () => {
    const change = { [AT.second]: EDITED, 'history.json': exported('shop', '1_users') };
    branch({ 'history.json': exported('shop', '1_users', '2_a') }, change);
    expect(check('--history', 'history.json').edits).toEqual([expect.stringContaining('It is applied in shop.')]);
  });

  test('is not allowed by a history that the change adds, also through a link from outside', () => {
    branch({}, { [AT.second]: EDITED, 'history.json': exported('shop', '1_users') });
    symlinkSync(join(repo.root, 'history.json'), join(folder, 'link.json'));
    for (const path of ['history.json', join(folder, 'link.json')]) {
      const { code, stderr } = check('--history', path);
      expect([code, stderr]).toEqual([2, expect.stringContaining('is in the checkout and not on the base branch')]);
    }
  });

  test('is allowed by a history of the base branch', () => {
    branch({ 'history.json': exported('shop', '1_users') }, { [AT.second]: EDITED });
    expect(check('--history', 'history.json').edits).toEqual([]);
  });

  test.each([
    ['{}', 'is not an output of migration-gate history'],
    [exported('other', 'x', 'y', 'z'), 'None of the 2 migrations of prisma is recorded'],
  ])('is judged with nothing but a whole history: %s', (text, words) => {
    branch({}, { [AT.second]: EDITED });
    const { code, stderr } = check('--history', outside('shop.json', text));
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});

describe('mode: deploy', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startLocal({ binaries: await postgresBinaries(17) }, { forPrograms: true });
    const client = await connect(server.url);
    await client.query(`create role deployer login superuser password 'ge heim%';
      create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,
        finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
        started_at timestamptz not null default now(), applied_steps_count int not null default 0);
      insert into _prisma_migrations (id, checksum, migration_name, finished_at)
        values ('1', encode(sha256('${FIRST.trim()}\n'), 'hex'), '1_users', now()); ${FIRST}`);
    await client.end();
  });
  afterAll(() => server.stop());

  const urlOf = (): string => `postgres://deployer:ge%20heim%25@${server.loopback ?? ''}/postgres`;
  const run = (setting: Partial<Setting>): ReturnType<typeof runAction> => {
    repo.commit(BASE);
    return runAction({
      ...{ workspace: repo.root, api: 'http://127.0.0.1:1', eventName: 'push' },
      event: { ref: 'refs/heads/main', repository: { default_branch: 'main' } },
      ...setting,
      inputs: { mode: 'deploy', 'database-url-env': 'TARGET', ...setting.inputs },
    });
  };

  test('says what is pending in outputs, summary and log, and masks the address', async () => {
    const { code, outputs, summary, commands, log, report } = await run({ env: { TARGET: urlOf() } });
    expect([code, outputs.verdict, outputs.pending, outputs.conclusion]).toEqual([0, 'go', '1', 'pass']);
    expect(summary).toContain('| `2_a` | pending | apply |');
    expect(report).toContain('"verdict": "go"');
    const masked = commands.filter(({ name }) => name === 'add-mask').map(({ message }) => message);
    expect(masked).toEqual(expect.arrayContaining(['ge%2520heim%2525', 'ge heim%25']));
    expect(`${summary}${report ?? ''}${log.replace(/^::add-mask::.*$/gm, '')}`).not.toMatch(/ge(%20| )heim/);
  });

  test('fails where the deploy is blocked', async () => {
    const inputs = { mode: 'deploy', paths: 'prisma/migrations/**' };
    const client = await connect(server.url);
    await client.query('alter table users add column a int');
    const { code, outputs, commands } = await run({ env: { TARGET: urlOf() }, inputs });
    await client.query('alter table users drop column a');
    await client.end();
    expect([code, outputs.verdict, outputs.conclusion]).toEqual([1, 'block', 'fail']);
    expect(commands.find(({ name }) => name === 'error')?.message).toContain('failing-statements');
  });

  test.each([
    ['a pull request from a fork', 'pull_request', 'mallory/shop', 'pull requests from forks'],
    ['pull_request_target', 'pull_request_target', 'acme/shop', 'does not run on the event pull_request_target'],
    ['workflow_run', 'workflow_run', 'acme/shop', 'does not run on the event workflow_run'],
  ])('does not run on %s', async (_, eventName, from, words) => {
    const event = {
      pull_request: {
        number: 1,
        user: { login: 'ada' },
        head: { sha: 'a'.repeat(40), repo: { full_name: from } },
        base: { ref: 'main', sha: 'b'.repeat(40), repo: { full_name: 'acme/shop' } },
      },
    };
    const { code, outputs, log } = await run({ eventName, event, env: { TARGET: urlOf() } });
    expect([code, outputs.conclusion, outputs.verdict]).toEqual([1, 'could-not-judge', undefined]);
    expect(log).toContain(words);
  });

  test.each([
    [{ 'database-url-env': 'postgres://a:geheim@h/d' }, 'must be a postgres:// URL, or the name'],
    [{ 'database-url-env': 'NOWHERE' }, 'environment variable NOWHERE is not set'],
  ])('takes the address from the environment alone: %j', async (inputs, words) => {
    const { code, log } = await run({ inputs });
    expect([code, log.replace(/^::add-mask::.*$/gm, '')]).toEqual([1, expect.stringContaining(words)]);
  });
});

test('the manual names every option of this file', () => {
  const text = readFileSync(new URL('../docs/config.md', import.meta.url), 'utf8');
  for (const name of ['mode', 'database-url-env', 'history']) expect(text).toContain(`\`${name}\``);
});
