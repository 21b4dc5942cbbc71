import type { Duplex } from 'node:stream';
import type pg from 'pg';
import { Flow, type Flood } from './flow.ts';

/** What one statement of a migration, or of a seed, may take. */
const STATEMENT_MS = 120_000;
/** A handler may catch the first cancellation (WHEN query_canceled), and go on. */
const AGAIN_MS = 1_000;
const CANCELLATIONS = 3;

type Limit = Flood | 'time';

const SAYINGS: Readonly<Record<Limit, string>> = {
  rows: 'its result exceeds 200,000 rows or 64 MB, so it was stopped',
  messages: 'it sends more than 100,000 messages or 64 MB of messages, so it was stopped',
  time: `it takes longer than ${STATEMENT_MS / 1000} seconds, so it was stopped`,
};

/** A statement that was ended because of what it took. 57014: query_canceled. */
export class LimitMet extends Error {
  override readonly name = 'LimitMet';
  readonly code = '57014';

  constructor(limit: Limit) {
    super(SAYINGS[limit]);
  }
}

/** How another session ends what a session does. */
export type End = (verb: 'pg_cancel_backend' | 'pg_terminate_backend') => Promise<unknown>;

/** Holds one session to its limits, and remembers the one that was met. */
class Limits {
  met: Limit | null = null;
  private readonly end: End | null;
  private timer: NodeJS.Timeout | undefined;
  private tries = 0;

  constructor(end: End | null) {
    this.end = end;
  }

  meet(limit: Limit): void {
    this.met ??= limit;
    clearTimeout(this.timer);
    if (this.end === null) return;
    this.tries += 1;
    void this.end(this.tries > CANCELLATIONS ? 'pg_terminate_backend' : 'pg_cancel_backend').catch(() => undefined);
    if (this.tries <= CANCELLATIONS) this.timer = setTimeout(() => this.meet(limit), AGAIN_MS);
  }

  begin(milliseconds: number): void {
    this.reset();
    this.timer = setTimeout(() => this.meet('time'), milliseconds);
  }

  reset(): void {
    clearTimeout(this.timer);
    this.met = null;
    this.tries = 0;
  }
}

const limits = new WeakMap<pg.Client, Limits>();

/** Puts the limits between a client that is connected and its server; without `end` nobody can end what is too much. */
export function limit(client: pg.Client, end: End | null): void {
  const own = new Limits(end);
  limits.set(client, own);
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  new Flow(what => own.meet(what)).guard(stream);
}

/**
 * One query, within limits of time and size.
 * @throws LimitMet where it met one, whatever the server said to its end
 */
export async function bounded<T>(client: pg.Client, work: () => Promise<T>, milliseconds = STATEMENT_MS): Promise<T> {
  const own = limits.get(client);
  if (!own) return await work();
  own.begin(milliseconds);
  try {
    const done = await work();
    if (own.met !== null) throw new LimitMet(own.met);
    return done;
  } catch (error) {
    throw own.met === null || error instanceof LimitMet ? error : new LimitMet(own.met);
  } finally {
    own.reset();
  }
}
