import type { Failure } from '../database/failure.ts';

/** What the server said, with its SQLSTATE. */
export const sentenceOf = ({ message, sqlstate }: Failure): string => `${message} (${sqlstate}).`;
