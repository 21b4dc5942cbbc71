import { Expected } from '../errors.ts';

/** The server's refusal of a statement. */
export interface Failure {
  readonly sqlstate: string;
  readonly message: string;
}

/**
 * 57P01 to 57P03: the server goes down. 53: it has no space, memory or connections left. 58030: the disk fails. None of it is
 * the migration's doing.
 */
const GOING = /^(57P0[1-3]|53\d{3}|58030)$/;

/**
 * What the server answered.
 * @throws Expected when it did not answer, or with its farewell: then nothing is proven.
 */
export function failureOf(error: unknown): Failure {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !GOING.test(code) && code !== 'EPIPE')
    return { sqlstate: code, message: String(message) };
  throw new Expected(`Nothing could be proven: the database did not answer (${String(message)}).`, {
    hint: 'A statement may take at most two minutes here.',
    cause: error,
  });
}
