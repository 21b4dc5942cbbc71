import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { recordings, type RecordedScenario } from '../rig/deploy/record.ts';
import { replay } from '../rig/deploy/replay.ts';
import type { ScenarioName } from '../rig/deploy/steps.ts';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import type { DeployReport, MigrationState } from '../src/model/deploy-report.ts';
import { PREFLIGHT_CHECKS } from '../src/model/preflight.ts';
import { EXPECTED } from './deploy-expected.ts';
import { deployReport } from './helpers/deploy.ts';
import { runCli } from './helpers/run-cli.ts';

/**
 * The tables that real tools left behind (`npm run deploy-tools`), on a live server: what `deploy` says of each scenario is
 * what a table written by hand says, and what the tool did next is what `deploy` has predicted.
 */
jest.setTimeout(300_000);

const schema = fileURLToPath(new URL('../docs/deploy.schema.json', import.meta.url));
const validate = new Ajv().compile(JSON.parse(readFileSync(schema, 'utf8')) as object);

let server: Server;
let admin: Client;
const folders: string[] = [];
beforeAll(async () => {
  server = await startLocal({ binaries: await postgresBinaries(15) });
  admin = await connect(server.url);
});
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await admin.end();
  await server.stop();
});

const all = recordings();
let databases = 0;

async function restored({ tables }: RecordedScenario): Promise<string> {
  databases += 1;
  const name = `replayed_${databases}`;
  await admin.query(`create database ${name}`);
  const client = await connect(server.database(name));
  await replay(client, tables);
  await client.end();
  return server.database(name);
}

/** The tables of the application are not recorded, so the live schema is not that of the files. */
const OFF = PREFLIGHT_CHECKS.map(id => `${id}=off`).join();

/** As a user runs it. */
function printed({ files }: RecordedScenario, url: string): { report: DeployReport; code: number | null } {
  const folder = mkdtempSync(join(tmpdir(), 'migration-gate-deploy-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { code, stdout, stderr } = runCli(folder, ['deploy', '-f', 'json', '--preflight', OFF], {
    env: { DATABASE_URL: url },
  });
  if (stdout === '') throw new Error(stderr);
  return { report: JSON.parse(stdout) as DeployReport, code };
}

const NUMBERED: Readonly<Record<string, string>> = { 1: 'alpha', 2: 'bravo', 3: 'charlie', 4: 'bravo' };

/** The step that a state is about: by its words, else by the digit of its number or time. */
function stepOf({ id, file }: Pick<MigrationState, 'id' | 'file'>): string {
  const word = /alpha|bravado|bravo|charlie/.exec(`${id} ${file ?? ''}`)?.[0];
  const digit = /2025-?01-?0(\d)|0*(\d)$/.exec(id.replace(/\.sql$/, ''));
  return word ?? NUMBERED[digit?.[1] ?? digit?.[2] ?? ''] ?? id;
}

const saidOf = ({ verdict, migrations }: DeployReport): string => [verdict, ...migrations.map(lineOf)].join(', ');

/** `alpha applied`, `bravo pending → apply`. */
const lineOf = (one: MigrationState): string =>
  `${one.file === null ? '−' : ''}${stepOf(one)} ${one.state}${one.next === 'nothing' ? '' : ` → ${one.next}`}`;

const CODES: Readonly<Record<DeployReport['verdict'], number>> = { go: 0, warn: 0, block: 1, 'could-not-judge': 2 };

describe.each(all.map(one => [one.tool, one] as const))('%s', (tool, { scenarios }) => {
  const played = Object.entries(scenarios) as [ScenarioName, RecordedScenario][];
  test.each(played)('%s', async (name, scenario) => {
    const report = await deployReport(scenario.files, await restored(scenario));
    expect(saidOf(report)).toBe(EXPECTED[tool]?.[name]);
    expect(differences(report, scenario)).toEqual([]);
  });

  test('the bundle says the same of a late migration', async () => {
    const { late } = scenarios;
    if (!late) throw new Error('not recorded');
    const { report, code } = printed(late, await restored(late));
    expect(saidOf(report)).toBe(EXPECTED[tool]?.late);
    expect(code).toBe(CODES[report.verdict]);
    expect(validate(report) ? [] : validate.errors).toEqual([]);
  });
});

test('every tool that was run has every scenario', () => {
  expect(all.length).toBeGreaterThanOrEqual(Object.keys(EXPECTED).length);
  expect(
    all.filter(({ tool, scenarios }) => Object.keys(scenarios).length !== Object.keys(EXPECTED[tool] ?? {}).length),
  ).toEqual([]);
});

/** How often the next run must run a step. */
const RUNS: Readonly<Record<MigrationState['next'], 0 | 1>> = {
  nothing: 0,
  apply: 1,
  'apply late': 1,
  'skip saying ok': 0,
  refuse: 0,
  'run twice': 1,
  'not reached': 0,
};

/** Where the tool did something else than was predicted. */
function differences({ verdict, migrations }: DeployReport, { files, ran, next }: RecordedScenario): string[] {
  if (verdict === 'could-not-judge') return [];
  const [before, after] = ran;
  const refuses = migrations.some(one => one.next === 'refuse');
  const fails = Object.values(files).some(text => text.includes('1 / 0'));
  const found: string[] = [];
  if (!fails && next.ok === refuses) found.push(`predicted ${refuses ? 'a refusal' : 'success'}: ${next.says}`);
  for (const one of migrations) {
    if (one.file === null) continue;
    const step = stepOf(one).replace('bravado', 'bravo');
    const times = (after[step] ?? 0) - (before[step] ?? 0);
    const expected = fails && step === 'bravo' ? (times === 0 ? 0 : RUNS[one.next]) : RUNS[one.next];
    if (times !== expected) found.push(`${lineOf(one)}: it ran ${times} times`);
    if (one.next === 'run twice' && (before[step] ?? 0) === 0) found.push(`${lineOf(one)}: it had not run before`);
    if (one.state === 'applied' && (before[step] ?? 0) === 0) found.push(`${lineOf(one)}: it had not run`);
  }
  return found;
}
