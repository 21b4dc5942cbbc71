import { readFileSync } from 'node:fs';

/** A statement inside BEGIN: `ok` or the SQLSTATE that it fails with, and the majors that answer so. */
export interface InBlock {
  readonly sql: string;
  readonly answers: Readonly<Record<string, readonly number[]>>;
}

/** As measured on 13 to 18. */
export const IN_BLOCK = JSON.parse(
  readFileSync(new URL('transaction-block.json', import.meta.url), 'utf8'),
) as readonly InBlock[];

/** What a transaction block refuses for reasons that are neither in the text nor in the schema. */
export const UNKNOWABLE: ReadonlySet<string> = new Set([
  "PREPARE TRANSACTION 'x'", // max_prepared_transactions of the server
  'ALTER TABLE events DETACH PARTITION events_2024 FINALIZE', // only where a DETACH CONCURRENTLY was interrupted
  'CALL sp_commit()', // a COMMIT in a body is not read
  'DO $$ BEGIN COMMIT; END $$', // the same
]);
