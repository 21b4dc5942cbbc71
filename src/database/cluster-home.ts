import { readFileSync, readlinkSync } from 'node:fs';
import { chown, lstat, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Who a server runs as where this process is root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** What a cluster's folder says of the process that made it. */
interface Maker {
  readonly pid: number;
  /** When that process began: a pid is given again. */
  readonly began: string;
  /** Where its pid counts: a folder may be shared between containers. */
  readonly world: string;
}

const PREFIX = 'migration-gate-cluster-';
const MARK = 'made-by.json';
/** No run takes so long, whoever made it. */
const LONGEST_MS = 3 * 60 * 60_000;
/** The name of a socket ends there (sun_path of Linux and macOS, less than which is kept by both). */
const LONGEST_SOCKET = 100;
const SOCKET = '/.s.PGSQL.65535';
const DYING_MS = 5_000;

/** A new folder for a cluster and its socket, of mode 0700 and with a mark of who made it. */
export async function makeHome(account: Account | null): Promise<string> {
  const home = await mkdtemp(join(parent(), PREFIX));
  await writeFile(join(home, MARK), JSON.stringify(maker()));
  if (account) await chown(home, account.uid, account.gid);
  return home;
}

/** Ends the clusters, and removes the folders, of runs that were killed. What is not clearly ours stays. */
export async function removeStaleHomes(account: Account | null): Promise<void> {
  const names = await readdir(parent()).catch(() => []);
  const uids = [process.getuid?.(), account?.uid];
  await Promise.all(
    names
      .filter(name => name.startsWith(PREFIX))
      .map(async name => {
        const home = join(parent(), name);
        if (await isStale(home, uids).catch(() => false)) await remove(home).catch(() => undefined);
      }),
  );
}

const parent = (): string => {
  const folder = tmpdir();
  return join(folder, `${PREFIX}123456`).length + SOCKET.length > LONGEST_SOCKET ? '/tmp' : folder;
};

/** Made by an account of ours, marked, and its maker gone; where that is unknown, older than any run. */
async function isStale(home: string, uids: readonly (number | undefined)[]): Promise<boolean> {
  const { uid, mode, mtimeMs } = await lstat(home);
  if (!uids.includes(uid) || (mode & 0o170777) !== 0o040700) return false;
  const old = Date.now() - mtimeMs > LONGEST_MS;
  const mark = await readFile(join(home, MARK), 'utf8').catch(() => null);
  const owner = mark === null ? null : (JSON.parse(mark) as Partial<Maker>);
  if (typeof owner?.pid !== 'number' || typeof owner.world !== 'string') return false;
  const { world } = maker();
  return owner.world === world && world !== '' ? beginning(owner.pid) !== owner.began : old;
}

async function remove(home: string): Promise<void> {
  const pid = Number((await readFile(join(home, 'data/postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  if (Number.isInteger(pid) && pid > 1 && serves(pid, home)) {
    process.kill(pid, 'SIGQUIT');
    for (const end = Date.now() + DYING_MS; serves(pid, home) && Date.now() < end;)
      await new Promise(resolve => setTimeout(resolve, 20));
    if (serves(pid, home)) process.kill(pid, 'SIGKILL');
  }
  await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/**
 * Is the process a server of this very folder? Without /proc nobody can tell, and it is left alone: a server whose folder is
 * gone ends by itself within a minute (miscinit.c, RecheckDataDirLockFile).
 */
function serves(pid: number, home: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(`${home}/data`);
  } catch {
    return false;
  }
}

function maker(): Maker {
  const { pid } = process;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { pid, began: beginning(pid), world: `${boot} ${readlinkSync('/proc/self/ns/pid')}` };
  } catch {
    return { pid, began: '', world: '' };
  }
}

/**
 * The 22nd field of /proc/PID/stat (proc(5)); the second one, in parentheses, may hold anything. Empty: no such process, or
 * one that has ended and waits for its parent to ask how (state Z), as it does for ever where the first process never asks.
 */
function beginning(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(state) ? '' : (fields[18] ?? '');
  } catch {
    return '';
  }
}
