import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';

const guards = new Set<Guard>();
const releases = new Set<() => Promise<void>>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A runner kills ten seconds after its first signal. */
const RELEASE_MS = 6_000;

/** Ends one server process and removes its folder, if it has one: on `stop`, or when this process goes first, however it goes. */
export class Guard {
  private readonly folder: string | null;
  private child: ChildProcess | null = null;

  constructor(folder: string | null = null) {
    this.folder = folder;
    guards.add(this);
    attend();
  }

  /** The process to end. */
  watch(child: ChildProcess): void {
    child.once('error', () => (this.child = null));
    this.child = child;
  }

  /** The process is gone, or never came to life. */
  get ended(): boolean {
    return this.child?.exitCode !== null || this.child.signalCode !== null;
  }

  async stop(): Promise<void> {
    await this.end('SIGQUIT');
    this.abandon();
  }

  /** Waits for the process; its folder stays. SIGINT is Postgres's fast shutdown, after which its files are whole. */
  async end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    const { child } = this;
    if (!child || this.ended) return;
    const exited = new Promise(resolve => child.once('exit', resolve));
    child.kill(signal);
    await exited;
  }

  /** Without waiting, for a process that is about to end. SIGQUIT is Postgres's immediate shutdown. */
  abandon(): void {
    if (!this.ended) this.child?.kill('SIGQUIT');
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    guards.delete(this);
    attend();
  }
}

/** What must be given back on somebody else's server when this process is ended by a signal or a defect. Answers with its end. */
export function releasing(release: () => Promise<void>): () => void {
  releases.add(release);
  attend();
  return () => {
    releases.delete(release);
    attend();
  };
}

const abandonAll = (): void => [...guards].forEach(guard => guard.abandon());

async function releaseAll(): Promise<void> {
  const all = [...releases].map(release => release().catch(() => undefined));
  await Promise.race([Promise.all(all), new Promise(resolve => setTimeout(resolve, RELEASE_MS).unref())]);
  releases.clear();
}

let leaving = false;

/** Dies of the signal it was sent, once the servers are gone; a second one does not wait. */
function onSignal(signal: NodeJS.Signals): void {
  const die = (): void => {
    abandonAll();
    releases.clear();
    attend();
    process.kill(process.pid, signal);
  };
  if (leaving || releases.size === 0) return die();
  leaving = true;
  void releaseAll().then(die);
}

function onDefect(error: unknown): void {
  void releaseAll().then(() => {
    attend();
    process.off('uncaughtException', onDefect);
    setImmediate(() => {
      throw error;
    });
  });
}

let listening = false;

/** Listens while there is something to end. `exit` also follows an uncaught exception. */
function attend(): void {
  const isNeeded = guards.size + releases.size > 0;
  if (isNeeded === listening) return;
  listening = isNeeded;
  const set = isNeeded ? ('on' as const) : ('off' as const);
  process[set]('exit', abandonAll);
  process[set]('uncaughtException', onDefect);
  for (const signal of SIGNALS) process[set](signal, onSignal);
}
