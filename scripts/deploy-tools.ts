import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import type { Driver, Files, Target } from '../rig/deploy/driver.ts';
import { programDrivers } from '../rig/deploy/drivers/programs.ts';
import { sqlDrivers } from '../rig/deploy/drivers/sql-files.ts';
import { RECORDINGS, type RecordedScenario, type RecordedTable, type Recording } from '../rig/deploy/record.ts';
import { SCENARIOS, type Scenario, type ScenarioName, type Step } from '../rig/deploy/steps.ts';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';

/**
 * Runs the real migration tools through all scenarios and records what they leave in their tables and do next.
 *
 *     npm run deploy-tools -- [--modules DIR] [--python PYTHON] [--only SCENARIO] [TOOL...]
 */
const PACKAGES = [
  '@mikro-orm/core@7.2.1',
  '@mikro-orm/migrations@7.2.1',
  '@mikro-orm/postgresql@7.2.1',
  '@prisma/adapter-pg@6.19.3',
  '@prisma/client@6.19.3',
  'db-migrate-pg@1.5.2',
  'db-migrate@0.11.14',
  'dbmate@2.36.0',
  'drizzle-orm@0.45.4',
  'graphile-migrate@1.4.1',
  'knex@3.3.0',
  'kysely@0.29.6',
  'liquibase@4.28.1',
  'node-pg-migrate@9.0.0',
  'pg@8.23.1',
  'postgrator@8.0.0',
  'postgres-migrations@5.3.0',
  'prisma@6.19.3',
  'reflect-metadata@0.2.2',
  'sequelize-cli@6.6.5',
  'sequelize@6.37.8',
  'typeorm@1.1.1',
];
const MAJOR = 15;
const PASSWORD = 'x';

const drivers: Readonly<Record<string, Driver>> = { ...sqlDrivers, ...programDrivers };
const top = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  options: {
    modules: { type: 'string', default: join(top, 'node_modules/.cache/deploy-tools') },
    python: { type: 'string', default: 'python3' },
    only: { type: 'string' },
  },
  allowPositionals: true,
});
const home = resolve(values.modules);
const modules = join(home, 'node_modules');
const wanted = positionals.length > 0 ? positionals : Object.keys(drivers);

const LONGEST = 600;
let server: Server;

/** The driver adapter of Prisma 6 does not know the type `name`, of which `pg_catalog` has columns. */
function teachAdapter(): void {
  for (const file of ['index.js', 'index.mjs']) {
    const path = join(modules, '@prisma/adapter-pg/dist', file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes('case 19:'))
      writeFileSync(path, text.replace('case ScalarColumnType.TEXT:', 'case 19:\n    case ScalarColumnType.TEXT:'));
  }
}

async function recorded(name: string, driver: Driver, admin: Client, postgres: string): Promise<Recording> {
  const path = join(RECORDINGS, `${name}.json`);
  const before = values.only !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : '{}';
  const scenarios: Partial<Record<ScenarioName, RecordedScenario>> = {
    ...(JSON.parse(before) as Partial<Recording>).scenarios,
  };
  for (const [scenario, steps] of Object.entries(SCENARIOS) as [ScenarioName, Scenario][]) {
    if (values.only !== undefined && values.only !== scenario) continue;
    scenarios[scenario] = await played(name, driver, steps, admin);
    const { next, ran } = scenarios[scenario];
    console.log(`${name} ${scenario}: ${JSON.stringify(ran)} ${next.ok ? 'ok' : `failed: ${next.says}`}`);
  }
  return { tool: name, framework: driver.id, version: versionOf(driver), postgres, scenarios };
}

async function played(name: string, driver: Driver, scenario: Scenario, admin: Client): Promise<RecordedScenario> {
  const database = 'deploy_tools';
  await admin.query(`drop database if exists ${database} with (force)`);
  await admin.query(`create database ${database}`);
  const [host = '', port = ''] = (server.loopback ?? '').split(':');
  const target: Target = {
    ...{ host, port, database, user: 'postgres', password: PASSWORD },
    url: `postgres://postgres:${PASSWORD}@${host}:${port}/${database}`,
  };
  const client = await connect(server.database(database));
  try {
    await client.query('create schema log; create table log.ran (name text)');
    const folder = join(home, 'run', name);
    for (const steps of scenario.deployed) deploy(driver, steps, { folder, target });
    const [tables, before] = [await tablesOf(client), await ranOf(client)];
    const { ok, says } = deploy(driver, scenario.checkout, { folder, target });
    return { files: driver.files(scenario.checkout), tables, ran: [before, await ranOf(client)], next: { ok, says } };
  } finally {
    await client.end();
  }
}

function deploy(
  driver: Driver,
  steps: readonly Step[],
  { folder, target }: { readonly folder: string; readonly target: Target },
): RecordedScenario['next'] {
  rmSync(folder, { recursive: true, force: true });
  const files: Files = { ...driver.setup?.(target), ...driver.files(steps) };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const [program = '', ...args] = driver.command.map(part => filled(part, target));
  const env = {
    ...process.env,
    ...{ DATABASE_URL: target.url, PGHOST: target.host, PGPORT: target.port, PGUSER: target.user },
    ...{ PGPASSWORD: target.password, PGDATABASE: target.database, NO_COLOR: '1' },
    ...driver.env?.(target),
  };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' });
  const output = `${stdout}\n${stderr}`;
  return { ok: status === 0 && driver.failing?.test(output) !== true, says: tidied(output, folder, target) };
}

function filled(part: string, { url }: Target): string {
  return part.replace('{modules}', modules).replace('{python}', values.python).replace('{url}', url);
}

/** The last words of the tool, without what differs from run to run. */
function tidied(output: string, folder: string, { url, port }: Target): string {
  const text = [url, folder, modules, home].reduce((done, one) => done.replaceAll(one, '…'), output);
  const lines = text
    // eslint-disable-next-line no-control-regex
    .replace(/\u001b\[[\d;]*m/g, '')
    .replaceAll(port, '5432')
    .split('\n')
    .map(line => line.trim())
    .filter(
      line => line !== '' && !line.startsWith('at ') && !/(^|[\s"(])\/\w/.test(line) && !line.includes('file://'),
    );
  return lines.join('\n').slice(-LONGEST);
}

function versionOf({ version }: Driver): string {
  if (typeof version === 'string') {
    const text = readFileSync(join(modules, version, 'package.json'), 'utf8');
    return String((JSON.parse(text) as { version: unknown }).version);
  }
  const [program, ...args] = version.map(part => part.replace('{python}', values.python));
  if (program === undefined) return '';
  return /\d+(\.\d+)+/.exec(spawnSync(program, args, { encoding: 'utf8' }).stdout)?.[0] ?? '';
}

async function ranOf(client: Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string; count: number }>(
    'select name, count(*)::int as count from log.ran group by 1 order by 1',
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

/** Every table of the tool, with all its columns. */
async function tablesOf(client: Client): Promise<RecordedTable[]> {
  const { rows } = await client.query<{ schema: string; name: string; columns: [string, string][] }>(`
    select n.nspname as schema, c.relname as name,
      json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and n.nspname <> 'log'
    group by 1, 2 order by 1, 2`);
  const tables: RecordedTable[] = [];
  for (const { schema, name, columns } of rows) {
    const list = columns.map(([column]) => `"${column}"::text`).join(', ');
    const { rows: found } = await client.query<(string | null)[]>({
      text: `select ${list} from "${schema}"."${name}"`,
      rowMode: 'array',
    });
    tables.push({ schema, name, columns, rows: found });
  }
  return tables;
}

async function save(recording: Recording): Promise<void> {
  mkdirSync(RECORDINGS, { recursive: true });
  const path = join(RECORDINGS, `${recording.tool}.json`);
  const style = await resolveConfig(path);
  writeFileSync(path, await format(JSON.stringify(recording), { ...style, parser: 'json' }));
}

async function main(): Promise<void> {
  if (!existsSync(modules)) {
    mkdirSync(home, { recursive: true });
    spawnSync('npm', ['install', '--prefix', home, '--no-save', '--legacy-peer-deps', ...PACKAGES], {
      stdio: 'inherit',
    });
  }
  teachAdapter();

  server = await startLocal({ binaries: await postgresBinaries(MAJOR) }, { forPrograms: true });
  try {
    const admin = await connect(server.url);
    await admin.query(`alter role postgres password '${PASSWORD}'`);
    const { rows } = await admin.query<{ version: string }>("select current_setting('server_version') as version");
    for (const name of wanted) {
      const driver = drivers[name];
      if (!driver) throw new Error(`no driver is called ${name}`);
      await save(await recorded(name, driver, admin, rows[0]?.version ?? ''));
    }
    await admin.end();
  } finally {
    await server.stop();
  }
}

await main();
