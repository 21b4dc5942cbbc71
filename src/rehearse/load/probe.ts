import type { Client } from '../../database/service.ts';
import { keyOf } from '../../model/schema.ts';
import type { Use, Wait } from './wait.ts';

/** A relation that the application uses while the migration runs. */
export interface Target {
  readonly schema: string;
  readonly name: string;
}

/** Between two statements of a session that is not stopped. */
const PAUSE_MS = 10;
/** A statement is stopped when it waits this long for a lock: lock_timeout tells a lock from a busy server. */
const FIRST_SLICE_MS = 10;
/** Far below deadlock_timeout (1 s by default): the canary steps back before the server has to kill anybody. */
const NEXT_SLICE_MS = 250;
/** A wait shorter than this may go unseen, and each may be longer by as much. */
export const RESOLUTION_MS = PAUSE_MS + FIRST_SLICE_MS;

const LOCK_TIMEOUT = '55P03';
const DEADLOCK = '40P01';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** The target as SQL names it. */
export const quoted = ({ schema, name }: Target): string => `${quote(schema)}.${quote(name)}`;

/**
 * Statements that ask for the locks of a SELECT or an UPDATE, on the table, its partitions and (planner) its indexes, and
 * change nothing: EXPLAIN does not execute, so that no trigger fires and no row moves. The row lock is what an UPDATE of
 * the first row would wait for. Sent as one message, they share a transaction, as the locks of an UPDATE do.
 */
const STATEMENTS: Readonly<Record<Use, (table: string) => string>> = {
  read: table => `explain select from ${table}`,
  write: table => `explain delete from ${table}; select from ${table} limit 1 for no key update`,
};

/** One session of the application, which uses one table in one way until it is stopped. */
export class Probe {
  readonly waits: Wait[] = [];
  /** Times at which the server ended this session's transaction to resolve a deadlock. */
  readonly deadlocks: number[] = [];
  /** The first answer that is neither rows nor a lock's: the table is gone, say. */
  refusal: string | null = null;
  readonly pid: number;
  private readonly client: Client;
  private readonly target: Target;
  private readonly use: Use;
  private stopped = false;
  private stoppedSince: number | null = null;

  constructor(client: Client, pid: number, target: Target, use: Use) {
    this.client = client;
    this.pid = pid;
    this.target = target;
    this.use = use;
  }

  /** Ends with the statement that is under way; never throws. */
  async run(): Promise<void> {
    const sql = STATEMENTS[this.use](quoted(this.target));
    for (let slice = FIRST_SLICE_MS; !this.stopped;) {
      const begin = performance.now();
      const sqlstate = await this.client.query(`set lock_timeout = ${slice}; ${sql}`).then(() => null, codeOf);
      if (sqlstate === LOCK_TIMEOUT) {
        this.stoppedSince ??= begin;
        slice = NEXT_SLICE_MS;
        continue;
      }
      this.release(performance.now(), false);
      slice = FIRST_SLICE_MS;
      if (sqlstate === DEADLOCK) this.deadlocks.push(performance.now());
      else if (sqlstate !== null) this.refusal ??= sqlstate;
      if (sqlstate === '') return;
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
    }
    this.release(performance.now(), true);
  }

  stop(): void {
    this.stopped = true;
  }

  private release(end: number, open: boolean): void {
    const begin = this.stoppedSince;
    if (begin !== null) this.waits.push({ table: keyOf(this.target), use: this.use, begin, end, open });
    this.stoppedSince = null;
  }
}

/** The server's SQLSTATE; empty when the connection is gone. */
function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^(08|57P0)/.test(code) ? code : '';
}
