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
