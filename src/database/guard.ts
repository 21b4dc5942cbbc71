import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';

const guards = new Set<Guard>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends one server process and removes its folder, if it has one: on `stop`, or when this process goes first, however it goes. */
export class Guard {
  private readonly folder: string | null;
  private child: ChildProcess | null = null;

  constructor(folder: string | null = null) {
    this.folder = folder;
    if (guards.size === 0) listen();
    guards.add(this);
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
    const gone = new Promise(resolve => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  /** Without waiting, for a process that is about to end. SIGQUIT is Postgres's immediate shutdown. */
  abandon(): void {
    if (!this.ended) this.child?.kill('SIGQUIT');
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    guards.delete(this);
    if (guards.size === 0) unlisten();
  }
}

const abandonAll = (): void => [...guards].forEach(guard => guard.abandon());

/** Dies of the signal it was sent, once the servers are gone. */
function onSignal(signal: NodeJS.Signals): void {
  abandonAll();
  process.kill(process.pid, signal);
}

/** `exit` also follows an uncaught exception. */
function listen(): void {
  process.on('exit', abandonAll);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function unlisten(): void {
  process.off('exit', abandonAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}
