import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Guard } from './guard.ts';
import { Wire } from './wire.ts';

/** Extensions that come with it and that an owner may make; and some that he may not. */
export const TRUSTED = [
  ...['btree_gin', 'btree_gist', 'citext', 'cube', 'dict_int', 'fuzzystrmatch', 'hstore', 'intarray', 'isn', 'ltree'],
  ...['pg_trgm', 'pgcrypto', 'seg', 'tablefunc', 'tcn', 'tsm_system_rows', 'tsm_system_time', 'unaccent', 'uuid-ossp'],
] as const;
export const UNTRUSTED = ['bloom', 'earthdistance', 'pg_stat_statements'] as const;

/** The status with which the process ends when a statement answers more than it may (embedded-server.mjs). */
const TOO_MUCH = 3;

/** What the process that holds the databases says. */
interface Message {
  readonly created?: string;
  /** Whose answer the bytes are. */
  readonly session?: number;
  readonly bytes?: Uint8Array;
}

/**
 * Postgres as WebAssembly, in a process of its own (embedded-server.mjs) that has no environment, reads its own files only,
 * starts no program and makes no code of strings: a superuser of Postgres may load a library that he has written there.
 *
 * A statement that does not end is ended with the process.
 */
export class Embedded {
  private readonly guard = new Guard();
  private readonly child: ChildProcess;
  private readonly wires = new Map<number, Wire>();
  private sessions = 0;
  private readonly awaited = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();

  constructor() {
    this.child = start();
    this.guard.watch(this.child);
    this.child.on('message', (message: Message) => this.receive(message));
    this.child.once('error', () => this.mourn());
    this.child.once('exit', code =>
      this.mourn(code === TOO_MUCH ? 'the result of a statement is too large' : undefined),
    );
  }

  /** Makes a database: empty, or a copy of one without a session. */
  async create(name: string, like?: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.awaited.set(name, { resolve, reject });
      this.send({ create: name, like });
    });
  }

  drop(name: string): void {
    this.send({ drop: name });
  }

  /** The way to a database, for one session at a time. */
  wire(name: string): Wire {
    const session = (this.sessions += 1);
    const wire = new Wire(
      bytes => this.send({ to: name, session, bytes }),
      () => void this.stop(),
    );
    this.wires.set(session, wire);
    wire.once('close', () => this.wires.delete(session));
    return wire;
  }

  async stop(): Promise<void> {
    await this.guard.stop();
  }

  private send(what: Readonly<Record<string, unknown>>): void {
    if (this.guard.ended || !this.child.connected) this.mourn();
    // A process that ends meanwhile is heard of by its exit.
    else this.child.send(what, () => undefined);
  }

  private receive({ created, session, bytes }: Message): void {
    if (created !== undefined) {
      this.awaited.get(created)?.resolve();
      this.awaited.delete(created);
    }
    if (session !== undefined && bytes) this.wires.get(session)?.receive(bytes);
  }

  /** Whoever waits for an answer gets none. */
  private mourn(because = 'the embedded Postgres has exited'): void {
    const terminated = new Error(`Connection terminated: ${because}`);
    for (const { reject } of this.awaited.values()) reject(terminated);
    this.awaited.clear();
    for (const wire of this.wires.values()) wire.destroy(terminated);
    this.wires.clear();
  }
}

/** Compiled quickly, as scripts/build.mjs has it for the parser. */
const QUICKLY = ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up'];
const CONFINED = ['--expose-gc', '--disallow-code-generation-from-strings', '--no-warnings'];

function start(): ChildProcess {
  const program = realpathSync(fileURLToPath(new URL('./embedded-server.mjs', import.meta.url)));
  const home = realpathSync(files());
  const stable = process.allowedNodeEnvironmentFlags.has('--permission');
  const rights = [stable ? '--permission' : '--experimental-permission', ...[program, `${home}/*`].map(readable)];
  const parameters = [...QUICKLY, ...CONFINED, ...rights, program, pathToFileURL(`${home}/`).href];
  parameters.push([...TRUSTED, ...UNTRUSTED].join());
  return spawn(process.execPath, parameters, {
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
}

const readable = (path: string): string => `--allow-fs-read=${path}`;

/** PGlite's files: beside the bundle, else where npm has put the package. */
function files(): string {
  const folder = fileURLToPath(new URL('./pglite', import.meta.url));
  if (existsSync(folder)) return folder;
  return fileURLToPath(new URL('.', pathToFileURL(createRequire(import.meta.url).resolve('@electric-sql/pglite'))));
}
