import { UserError } from '../model/errors.ts';
import { bounded, LimitMet } from './bounded.ts';
import type { Client } from './service.ts';

/** The server's refusal of a statement. */
export interface Failure {
  readonly sqlstate: string;
  readonly message: string;
  /** The statement was ended because of what it took: whether the server accepts it is not known. */
  readonly limit?: true;
  /** Of the fault in the text that was sent, in characters from 1. */
  readonly position?: number;
  /** Of the statement, where several were sent. */
  readonly line?: number;
}

/**
 * 57P01 to 57P03: the server goes down. 53: it has no space or connections left. 58030: the disk fails. None of it is
 * the migration's doing.
 */
const GOING = /^(57P0[1-3]|53\d{3}|58030)$/;
/** out_of_memory: one session's, which goes on. */
const TOO_LARGE = '53200';

/**
 * What the server answered.
 * @throws UserError when it did not answer, or with its farewell: then nothing is verified.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof LimitMet) return { sqlstate: error.code, message: error.message, limit: true };
  const { code, message, position } = error as { code?: unknown; message?: unknown; position?: unknown };
  if (code === TOO_LARGE) return { sqlstate: TOO_LARGE, message: 'it exceeds the memory limit', limit: true };
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !GOING.test(code) && code !== 'EPIPE')
    return { sqlstate: code, message: String(message), ...(Number(position) > 0 && { position: Number(position) }) };
  throw new UserError(`The migrations could not be tested: the database did not respond (${String(message)}).`, {
    hint: 'A statement is stopped after two minutes.',
    cause: error,
  });
}

/**
 * Runs SQL that others wrote, within limits; null when it went well.
 * @throws UserError when the server did not answer
 */
export const attempt = (client: Client, sql: string): Promise<Failure | null> =>
  bounded(client, () => client.query(sql)).then(() => null, failureOf);

/** Leaves a transaction that has failed; a session that had to be ended for it has left already. */
export async function leave(client: Client, failure: Failure): Promise<void> {
  const rollback = client.query('rollback');
  await (failure.limit ? rollback.catch(() => undefined) : rollback);
}
