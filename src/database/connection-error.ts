import pg from 'pg';
import { UserError } from '../model/errors.ts';

/** What pg says of a connection that is gone, or of an answer that does not come. */
const GONE = /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout)/;

/** An error of the database or of the way to it as one that the user can read; any other error as it is. */
export function connectionError(error: unknown): unknown {
  if (error instanceof UserError || !isError(error)) return error;
  const broken = GONE.test(error.message) || ('syscall' in error && 'code' in error);
  if (!broken && !(error instanceof pg.DatabaseError)) return error;
  return new UserError(`The migrations could not be tested: the database did not respond (${error.message}).`, {
    cause: error,
  });
}

/** Also one of another realm, as Node.js makes them for a socket where a test has a realm of its own. */
const isError = (error: unknown): error is Error => Object.prototype.toString.call(error) === '[object Error]';
