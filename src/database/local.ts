import { bare } from '../model/bare.ts';
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../model/errors.ts';
import { makeHome, removeStaleHomes, type Account } from './cluster-home.ts';
import { Guard } from './guard.ts';
import { CachedCluster } from './cached-cluster.ts';
import { connect } from './service.ts';

/** A temporary cluster, gone after `stop`. Its only access is a socket in a folder that its own account alone may enter. */
export interface Server {
  /** The database `postgres` of the superuser `postgres`. */
  readonly url: string;
  /** Host and port on loopback, where a password is asked for; null unless other programs are to connect. */
  readonly loopback: string | null;
  readonly major: number;
  /** The address of another database of the same cluster. */
  database(name: string): string;
  stop(): Promise<void>;
  /** Stops it, and leaves its files to a later run; null where nobody asked for that. */
  readonly keep: (() => Promise<void>) | null;
}

/** Speed over durability: the cluster does not outlive its process. */
const SETTINGS: Readonly<Record<string, string>> = bare({
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  jit: 'off',
  timezone: 'UTC',
  shared_buffers: '32MB',
  max_connections: '40',
  max_locks_per_transaction: '512',
  log_min_messages: 'fatal',
  password_encryption: 'scram-sha-256',
});
/** Each of its processes may have 2 GiB: one value of 1 GB, the largest, would take three. Where the shell knows no such limit there is none. */
const CONFINED = 'ulimit -v 2097152 2>/dev/null; exec "$@"';
/** Replaces what initdb writes, and what a kept cluster brings: whoever comes by TCP says a password. */
const ACCESS = 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n';
/** Without TCP it is a part of the socket's name. */
const NO_PORT = 5432;
const START_SECONDS = 30;
const run = promisify(execFile);

interface Manner {
  /** The folder in which a cluster is left to later runs, and found. */
  readonly cache?: string | null;
  /** Other programs connect, many of which know no sockets: listens on loopback too. */
  readonly forPrograms?: boolean;
}

/**
 * Starts a cluster from the binaries in `binaries`, or from those of `major` that the machine has; where `cache` names a
 * folder, on the files that an earlier one left there. Clusters of runs that were killed are removed first.
 */
export async function startLocal(
  from: { readonly major: number } | { readonly binaries: string },
  { cache = null, forPrograms = false }: Manner = {},
): Promise<Server> {
  const bin = 'binaries' in from ? from.binaries : await installed(from.major);
  const cached = cache === null ? null : new CachedCluster(cache, await versionOf(bin));
  const user = await unprivileged();
  await removeStaleHomes(user);
  try {
    return await start(bin, cached, { user, forPrograms });
  } catch (error) {
    if (cached === null || error instanceof UserError) throw error;
    await cached.forget();
    return await start(bin, cached, { user, forPrograms });
  }
}

async function start(
  bin: string,
  cached: CachedCluster | null,
  { user, forPrograms }: { readonly user: Account | null; readonly forPrograms: boolean },
): Promise<Server> {
  const home = await makeHome(user);
  const guard = new Guard(home);
  try {
    const spawnOptions = { ...user, cwd: home, env: environment() };
    const data = join(home, 'data');
    const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    if (!(await cached?.copyTo(data))) await run(join(bin, 'initdb'), initdb, spawnOptions);
    await writeFile(join(data, 'pg_hba.conf'), ACCESS);
    const port = forPrograms ? await freePort() : NO_PORT;
    const listen_addresses = forPrograms ? '127.0.0.1' : '';
    const settings = { ...SETTINGS, listen_addresses, port: String(port), unix_socket_directories: home };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = [join(bin, 'postgres'), '-D', data, ...args];
    guard.watch(spawn('/bin/sh', ['-c', CONFINED, 'sh', ...server], { ...spawnOptions, stdio: 'ignore' }));
    const socket = `${encodeURIComponent(home)}:${port}`;
    const database = (name: string): string => `postgres://postgres@${socket}/${encodeURIComponent(name)}`;
    const major = await firstAnswer(database('postgres'), guard);
    const keep = async (): Promise<void> => {
      await guard.end('SIGINT');
      await cached?.take(data);
      guard.abandon();
    };
    const loopback = forPrograms ? `127.0.0.1:${port}` : null;
    return { url: database('postgres'), loopback, major, database, stop: () => guard.stop(), keep: cached && keep };
  } catch (error) {
    await guard.stop();
    throw error;
  }
}

/** Debian's place for a major version, else what PATH holds. */
async function installed(major: number): Promise<string> {
  const folders = [`/usr/lib/postgresql/${major}/bin`, ...(process.env.PATH ?? '').split(delimiter)];
  for (const folder of folders) {
    if (folder === '' || !existsSync(join(folder, 'initdb')) || !existsSync(join(folder, 'postgres'))) continue;
    if (new RegExp(`\\(PostgreSQL\\) ${major}[.\\s]`).test(await versionOf(folder))) return folder;
  }
  throw new UserError(`The binaries of Postgres ${major} are not installed on this machine.`, {
    hint: `Install them (Debian and Ubuntu: apt-get install postgresql-${major}), or give the URL of a running server in database.`,
  });
}

const versionOf = async (bin: string): Promise<string> => (await run(join(bin, 'postgres'), ['--version'], {})).stdout;

/** Postgres refuses to run as root: then it runs as `postgres`, else as `nobody`. */
async function unprivileged(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map(line => line.split(':'));
  for (const account of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find(([name]) => name === account) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new UserError(
    'Postgres refuses to run as root, and there is no user "postgres" or "nobody" to run it as. Create one.',
  );
}

/** Nothing of the caller's that would point the server, or initdb, elsewhere. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(inherited), LC_ALL: 'C' };
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('a listening socket has no port'));
      });
    });
  });
}

/** The major version, as soon as the server accepts connections. */
async function firstAnswer(url: string, guard: Guard): Promise<number> {
  for (const deadline = Date.now() + START_SECONDS * 1000; ;) {
    try {
      const client = await connect(url);
      const { rows } = await client.query<{ version: string }>(
        "select current_setting('server_version_num') as version",
      );
      await client.end();
      return Math.trunc(Number(rows[0]?.version) / 10_000);
    } catch (error) {
      if (guard.ended || Date.now() > deadline) throw error;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}
