import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { commands } from '../src/input/user-commands.ts';
import { loadOptions } from '../src/config/load.ts';
import { DEFAULTS, type Options } from '../src/config/options.ts';
import type { Report } from '../src/model/report.ts';
import { databaseCommand } from '../src/repo/database-command.ts';
import { checkout } from '../src/repo/checkout.ts';
import { run } from '../src/run.ts';

/** A migration tool: applies what its table does not name. Its arguments are what it does besides. */
const TOOL = `const { readdirSync, readFileSync } = require('node:fs');
const pg = require(${JSON.stringify(createRequire(import.meta.url).resolve('pg'))});
(async () => {
  const client = new pg.Client(process.argv[2] === 'libpq' ? {} : process.env.DATABASE_URL);
  await client.connect();
  await client.query('create table if not exists applied_by_shop (id serial primary key, file text)');
  for (const file of readdirSync('migrations').filter(name => name.endsWith('.up.sql')).sort()) {
    const { rowCount } = await client.query('select from applied_by_shop where file = $1', [file]);
    if (rowCount > 0) continue;
    await client.query(readFileSync('migrations/' + file, 'utf8'));
    await client.query('insert into applied_by_shop (file) values ($1)', [file]);
  }
  for (const sql of process.argv.slice(3)) await client.query(sql);
  await client.end();
})().catch(error => {
  console.error('connecting to ' + process.env.DATABASE_URL + ' with ' + process.env.SHOP_TOKEN);
  console.error('\\u001b[31m' + error.message + '\\u001b[0m');
  process.exit(3);
});
`;
const FILES = {
  '1_users.up': 'create table users (id bigint primary key, email text);',
  '2_seed.up': "insert into users values (1, 'ann@example.com'); create index users_email on users (email);",
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'migration-gate-apply-command-'));
  put({ 'tool.cjs': TOOL });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

async function prove(pg: number, command: string, files: Readonly<Record<string, string>> = FILES): Promise<Report> {
  put(Object.fromEntries(Object.entries(files).map(([name, sql]) => [`migrations/${name}.sql`, sql])));
  const options: Options = { ...DEFAULTS, 'postgres-version': pg, database: 'local', 'apply-command': command };
  const programs = await commands(root, options);
  return await run({ repo: await checkout(root), changed: [], options, mode: 'audit', commands: programs });
}
const shown = ({ findings }: Report): string[] =>
  findings.filter(({ rule }) => rule.includes('apply-command')).map(({ rule, message }) => `${rule}: ${message}`);

describe.each([13, 18])('on Postgres %i', pg => {
  beforeAll(async () => {
    process.env.PATH = `${await postgresBinaries(pg)}${delimiter}${process.env.PATH ?? ''}`;
  }, 120_000);

  test.each(['url', 'libpq'])(
    'a tool that does what its files say leaves a note: by %s',
    async way => {
      const report = await prove(pg, `node tool.cjs ${way}`);
      expect(shown(report)).toEqual([]);
      expect(report.blindSpots).toEqual([]);
      expect(report.notes.join()).toMatch(/apply-command took \d+\.\d s .* same schema .* did nothing/);
    },
    60_000,
  );

  test('another schema, and a second run that does something, are findings', async () => {
    const report = await prove(
      pg,
      `node tool.cjs url "drop index if exists users_email" "insert into users values ((select count(*) + 1 from users))"`,
    );
    expect(shown(report)).toEqual([
      'apply-command-differs: apply-command produces a different schema than the checked files: index public.users_email is missing.',
      'repeated-apply-command: The second run of apply-command makes changes: public.users had 2 rows and now has 3.',
    ]);
  }, 60_000);

  test('a command that fails tells why, and no secret', async () => {
    process.env.SHOP_TOKEN = 'hunter22';
    const report = await prove(pg, 'node tool.cjs url "alter table users add column email text"');
    delete process.env.SHOP_TOKEN;
    expect(shown(report)).toEqual([
      'failing-apply-command: apply-command exited with status 3: connecting to postgres://***@127.0.0.1:' +
        `${/127\.0\.0\.1:(\d+)/.exec(shown(report)[0] ?? '')?.[1] ?? ''}/` +
        `${/migration_gate_\w+/.exec(shown(report)[0] ?? '')?.[0] ?? ''} with *** | column "email" of relation "users" already exists`,
    ]);
    expect(report.conclusion).toBe('fail');
  }, 60_000);

  test('a second run that fails is told apart', async () => {
    const report = await prove(pg, 'node tool.cjs url "create table carts (id int)"');
    expect(shown(report).map(line => line.split(':')[0])).toEqual(['apply-command-differs', 'repeated-apply-command']);
    expect(shown(report)[1]).toContain('The second run of apply-command exited with status 3');
  }, 60_000);
});

describe('on Postgres 17', () => {
  beforeAll(async () => {
    process.env.PATH = `${await postgresBinaries(17)}${delimiter}${process.env.PATH ?? ''}`;
  }, 120_000);

  test('what only a superuser may do fails, and the message says who it was', async () => {
    const report = await prove(17, `node tool.cjs url "create role shop"`);
    expect(shown(report)).toEqual([
      expect.stringContaining('permission denied to create role It ran as a role without superuser rights.'),
    ]);
    expect(report.conclusion).toBe('fail');
  }, 60_000);

  test('a schema that was not measured in full is not compared', async () => {
    const report = await prove(17, 'node tool.cjs url', { ...FILES, '3_role.up': 'alter system set work_mem = 1000;' });
    expect(shown(report)).toEqual([
      expect.stringMatching(/^failing-apply-command: .*permission denied to set parameter/),
    ]);
    expect(report.blindSpots.filter(({ kind }) => kind === 'unproven')).not.toEqual([]);
  }, 60_000);

  test('with the migrations of two databases it is not run', async () => {
    put({ 'other/migrations/1_carts.up.sql': 'create table carts (id int primary key);' });
    await expect(prove(17, 'node never.cjs')).rejects.toThrow('apply-command cannot run: it supports one database');
  }, 60_000);
});

describe('the command', () => {
  const ADDRESS = 'postgres://shop:s3cret99@[::1]:5433/orders';
  const printed = async (words: string): Promise<string> =>
    (
      await databaseCommand(root, `node -e "console.log(process.argv.slice(1).join(' '))" -- ${words}`, {
        option: 'apply-command',
      })(ADDRESS)
    ).output;

  test('gets the address in words, none of which a shell reads', async () => {
    expect(await printed('{host} {port} {user} {database} {other} $HOME;id')).toBe(
      '::1 5433 shop orders {other} $HOME;id',
    );
    expect(await printed('{url}?sslmode=disable {password}')).toBe(
      'postgres://***@[::1]:5433/orders?sslmode=disable ***',
    );
  });

  test('gets it in the environment, where nothing else leads to a database', async () => {
    put({
      'env.cjs':
        "console.log(Object.keys(process.env).filter(name => /^PG|^DATABASE_URL|^INPUT_/.test(name)).sort().join(' '))",
    });
    Object.assign(process.env, { PGSERVICE: 'production', INPUT_DATABASE: 'postgres://db.example.com' });
    const { output } = await databaseCommand(root, 'node env.cjs', { option: 'apply-command' })(ADDRESS);
    delete process.env.PGSERVICE;
    delete process.env.INPUT_DATABASE;
    expect(output).toBe('DATABASE_URL PGDATABASE PGHOST PGPASSWORD PGPORT PGSSLMODE PGUSER');
  });

  test('is given up when it takes too long', async () => {
    const ran = await databaseCommand(root, 'node -e "setTimeout(() => {}, 60000)"', {
      option: 'apply-command',
      milliseconds: 300,
    })(ADDRESS);
    expect(ran.failure).toBe('took longer than 0.3 seconds');
  });

  test('that is not there is no finding', async () => {
    await expect(databaseCommand(root, 'no-such-tool up', { option: 'apply-command' })(ADDRESS)).rejects.toThrow(
      'program "no-such-tool" not found',
    );
  });

  test.each(['sql-command', 'apply-command'])('%s is refused on pull_request_target', async name => {
    const options = { ...DEFAULTS, database: 'local', [name]: 'node tool.cjs' };
    await expect(commands(root, options, { atBase: true })).rejects.toThrow(
      `${name} is not allowed on pull_request_target`,
    );
  });

  test('needs a database', async () => {
    await expect(commands(root, { ...DEFAULTS, 'apply-command': 'node tool.cjs' })).rejects.toThrow('needs a database');
  });

  test('cannot be set where a pull request may change it', async () => {
    const file = { path: '.migration-gate.yml', text: 'apply-command: node tool.cjs\n' };
    await expect(loadOptions({ inputs: new Map(), flags: new Map(), file, ruleIds: [] })).rejects.toThrow(
      'cannot be set in this file',
    );
  });
});
