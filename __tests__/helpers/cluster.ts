import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chown, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connect } from '../../src/database/service.ts';
import { postgresBinaries } from '../../rig/postgres-binaries.ts';

/** `nobody`: Postgres and pgbouncer refuse to run as root. */
export const ACCOUNT = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** A cluster with settings of its own, on loopback. */
export interface Cluster {
  readonly port: number;
  url(database: string, role?: string): string;
  /** A standby of it; the cluster is stopped for the copy. */
  standby(): Promise<Cluster>;
  stop(): Promise<void>;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

const SETTINGS = {
  ...{ fsync: 'off', synchronous_commit: 'off', shared_buffers: '32MB', timezone: 'UTC' },
  ...{ listen_addresses: '127.0.0.1', wal_level: 'logical', max_prepared_transactions: '5', max_wal_senders: '4' },
};

export async function startCluster(major: number): Promise<Cluster> {
  const bin = await postgresBinaries(major);
  const home = await mkdtemp(join(tmpdir(), 'migration-gate-cluster-'));
  if (ACCOUNT.uid !== undefined) await chown(home, ACCOUNT.uid, ACCOUNT.gid);
  const data = join(home, 'data');
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  await promisify(execFile)(join(bin, 'initdb'), initdb, { ...ACCOUNT, cwd: home });
  // In the file, so that ALTER SYSTEM can change it.
  await appendFile(join(data, 'postgresql.conf'), 'autovacuum = off\n');
  return await run({ bin, home, data });
}

async function run({ bin, home, data }: { bin: string; home: string; data: string }): Promise<Cluster> {
  const port = await freePort();
  const args = Object.entries({ ...SETTINGS, port: String(port), unix_socket_directories: home });
  const start = (): ChildProcess =>
    spawn(join(bin, 'postgres'), ['-D', data, ...args.flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
      ...ACCOUNT,
      cwd: home,
      stdio: 'ignore',
    });
  let server = start();
  const url = (database: string, role = 'postgres'): string => `postgres://${role}@127.0.0.1:${port}/${database}`;
  await answered(url('postgres'));
  const halt = async (): Promise<void> => {
    const ended = once(server, 'exit');
    server.kill('SIGINT');
    await ended;
  };
  return {
    port,
    url,
    async standby() {
      await halt();
      const own = await mkdtemp(join(tmpdir(), 'migration-gate-cluster-'));
      const copy = join(own, 'data');
      await cp(data, copy, { recursive: true });
      await writeFile(join(copy, 'standby.signal'), '');
      await writeFile(
        join(copy, 'postgresql.auto.conf'),
        `primary_conninfo = 'host=127.0.0.1 port=${port} user=postgres application_name=copy'\n`,
      );
      if (ACCOUNT.uid !== undefined) await owned(own);
      server = start();
      await answered(url('postgres'));
      return await run({ bin, home: own, data: copy });
    },
    async stop() {
      await halt();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function owned(path: string): Promise<void> {
  await promisify(execFile)('chown', ['-R', `${ACCOUNT.uid ?? 0}:${ACCOUNT.gid ?? 0}`, path]);
  await readdir(path);
}

/** Until it takes connections. */
export async function answered(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1)
    try {
      const client = await connect(url);
      await client.end();
      return;
    } catch (error) {
      if (tries > 150) throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
}
