import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect as dial, createServer, type Server as Relay } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';

/** What a run leaves behind that does not come to its end: of the bundle, ended from outside. */
jest.setTimeout(120_000);

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const SLOW = 'alter table users add column age int; create role shop_reader; select pg_sleep(60);';

/** A folder with two migrations of golang-migrate, and a TMPDIR for its clusters. */
function folder(change: string): string {
  const root = mkdtempSync(join(tmpdir(), 'mg-ended-'));
  const files = {
    'migrations/1_a.up.sql': 'create table users (id bigint primary key);',
    'migrations/2_b.up.sql': change,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  chmodSync(root, 0o755);
  mkdirSync(join(root, 'tmp'));
  chmodSync(join(root, 'tmp'), 0o1777);
  return root;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

function start(
  root: string,
  database: string,
  binaries: string,
  major = 17,
): { child: ChildProcess; ended: Promise<Ended> } {
  const args = [
    join(DIST, 'cli.js'),
    'check',
    '--all',
    '--database',
    database,
    '--generate-rows',
    '0',
    '--postgres-version',
    String(major),
  ];
  const env = { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}`, TMPDIR: join(root, 'tmp') };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<Ended>(resolve => child.on('close', (code, signal) => resolve({ code, signal, stderr })));
  return { child, ended };
}

async function until<T>(what: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise(resolve => setTimeout(resolve, 50))) {
    const found = await what();
    if (found !== null && found !== undefined && found !== false) return found;
  }
  throw new Error('it did not come');
}

const clustersIn = (root: string): string[] => readdirSync(join(root, 'tmp')).filter(name => name.includes('cluster'));
const serverOf = (home: string): number =>
  Number(readFileSync(join(home, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
const sleeps = async (client: Client): Promise<boolean> =>
  (await client.query("select 1 from pg_stat_activity where wait_event = 'PgSleep'")).rows.length > 0;

describe.each([13, 18])('a local cluster of Postgres %i', major => {
  let root: string;
  let binaries: string;
  beforeAll(async () => {
    binaries = await postgresBinaries(major);
    root = folder(SLOW);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('is reached by its socket alone, and goes with the start after a kill -9', async () => {
    const { child, ended } = start(root, 'local', binaries, major);
    const [name = ''] = await until(() => (clustersIn(root).length > 0 ? clustersIn(root) : null));
    const home = join(root, 'tmp', name);
    await until(() => existsSync(join(home, 'data/postmaster.pid')) && existsSync(join(home, '.s.PGSQL.5432')));
    expect(statSync(home).mode & 0o777).toBe(0o700);
    const client = await connect(`postgres://postgres@${encodeURIComponent(home)}:5432/postgres`);
    const { rows } = await client.query('show listen_addresses');
    expect(rows).toEqual([{ listen_addresses: '' }]);
    await until(() => sleeps(client));
    await client.end();
    child.kill('SIGKILL');
    await ended;
    const server = serverOf(home);
    expect(lives(server)).toBe(true);
    // One that is no cluster of ours, and one whose maker lives.
    const foreign = ['migration-gate-cluster-theirs', 'migration-gate-cluster-alive'].map(one =>
      join(root, 'tmp', one),
    );
    for (const one of foreign) mkdirSync(one, { mode: 0o700 });
    writeFileSync(
      join(foreign[1] ?? '', 'made-by.json'),
      readFileSync(join(home, 'made-by.json'), 'utf8')
        .replace(/"pid":\d+/, '"pid":1')
        .replace(/"began":"\d+"/, `"began":"${began(1)}"`),
    );
    writeFileSync(join(root, 'migrations/2_b.up.sql'), 'alter table users add column age int;');
    expect(await start(root, 'local', binaries, major).ended).toMatchObject({ code: 0, stderr: '' });
    expect(clustersIn(root).sort()).toEqual(['migration-gate-cluster-alive', 'migration-gate-cluster-theirs']);
    expect(lives(server)).toBe(false);
  });
});

/** Not one that has ended and that the first process has not asked how (state Z): in a container it may never do so. */
const lives = (pid: number): boolean =>
  existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

const began = (pid: number): string =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')[19] ?? '';

describe('a server that outlives the run', () => {
  let server: Server;
  let admin: Client;
  let binaries: string;
  const roots: string[] = [];
  beforeAll(async () => {
    binaries = await postgresBinaries(17);
    server = await startLocal({ binaries });
    admin = await connect(server.url);
  });
  afterAll(async () => {
    await admin.end();
    await server.stop();
    for (const root of roots) rmSync(root, { recursive: true, force: true });
  });
  const at = (change: string): string => {
    const root = folder(change);
    roots.push(root);
    return root;
  };
  const left = async (): Promise<string[]> => {
    const { rows } = await admin.query<{ name: string }>(
      `select datname as name from pg_database where datname !~ '^(template.|postgres)$'
       union all select rolname from pg_roles where rolname !~ '^(pg_.*|postgres)$' order by 1`,
    );
    return rows.map(({ name }) => name);
  };

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s drops the databases and roles of the run', async signal => {
    const { child, ended } = start(at(SLOW), server.url, binaries);
    await until(() => sleeps(admin));
    expect(await left()).toEqual([
      expect.stringMatching(/^migration_gate_/),
      expect.stringMatching(/^migration_gate_/),
      'shop_reader',
    ]);
    child.kill(signal);
    expect(await ended).toMatchObject({ signal });
    expect(await left()).toEqual([]);
  });

  test('what a killed run left is dropped once it is older than any run, and nothing else is', async () => {
    const { child, ended } = start(at(SLOW), server.url, binaries);
    await until(() => sleeps(admin));
    child.kill('SIGKILL');
    await ended;
    const fresh = await left();
    expect(fresh).toHaveLength(3);
    await until(
      async () =>
        !(await sleeps(admin)) ||
        (await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'"),
        null),
    );
    expect(await start(at('select 1;'), server.url, binaries).ended).toMatchObject({ code: 0 });
    expect(await left()).toEqual(fresh);
    // As after four hours: an age stands in each name.
    const { rows } = await admin.query<{ name: string }>(
      "select datname as name from pg_database where datname ~ '^mig'",
    );
    const database = rows[0]?.name ?? '';
    const owner = fresh.find(name => name.startsWith('migration_gate_') && name !== database) ?? '';
    const aged = (name: string): string =>
      name.replace(/(?<=gate_)[0-9a-f]{8}/, then => (parseInt(then, 16) - 4 * 3600).toString(16));
    await admin.query(`alter database ${database} rename to ${aged(database)}`);
    await admin.query(`alter role ${owner} rename to ${aged(owner)}`);
    await admin.query(`comment on role shop_reader is 'made for ${aged(owner)}'`);
    await admin.query('create role somebody; create role migration_gate_owner_of_theirs');
    expect(await start(at('select 1;'), server.url, binaries).ended).toMatchObject({ code: 0 });
    expect(await left()).toEqual(['migration_gate_owner_of_theirs', 'somebody']);
    await admin.query('drop role somebody; drop role migration_gate_owner_of_theirs');
  });

  test('a connection that is cut, wherever, ends in a line and not in a stack', async () => {
    await admin.query("alter role postgres password 'p'");
    const root = at('alter table users add column age int;');
    let cutAfter = 0;
    let cuts = 0;
    const socket = decodeURIComponent(new URL(server.url).hostname);
    const relay: Relay = createServer(client => {
      const there = dial(`${socket}/.s.PGSQL.5432`);
      let seen = 0;
      there.on('data', data => {
        seen += 1;
        if (seen > cutAfter) {
          client.destroy();
          there.destroy();
        } else client.write(data);
      });
      client.on('data', data => there.write(data));
      for (const [a, b] of [
        [client, there],
        [there, client],
      ] as const) {
        a.on('error', () => undefined);
        a.on('close', () => b.destroy());
      }
    });
    await new Promise<void>(resolve => relay.listen(0, '127.0.0.1', resolve));
    const port = (relay.address() as { port: number }).port;
    try {
      for (cutAfter of [0, 1, 2, 3, 5, 8, 13, 21, 40]) {
        const { code, stderr } = await start(root, `postgres://postgres:p@127.0.0.1:${port}/postgres`, binaries).ended;
        if (code === 0) continue;
        cuts += 1;
        expect({ cutAfter, code }).toEqual({ cutAfter, code: 2 });
        expect(stderr).toMatch(/^migration-gate: .*\n(.*\n)?$/);
        expect(stderr).not.toMatch(/\bat .*\.js/);
      }
      expect(cuts).toBeGreaterThan(6);
    } finally {
      relay.close();
    }
  });
});
