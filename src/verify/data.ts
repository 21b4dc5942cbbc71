import type { Check } from '../rehearse/integrity/checks.ts';
import type { Key } from '../model/schema.ts';
import type { OnDatabase } from '../model/commands.ts';

/** What the tables hold while a migration is rehearsed, and who uses them. */
export interface Data {
  /** In each table that the migration touches; 0: they are as the history leaves them, and nothing is rehearsed. */
  readonly rows: number;
  /** The repository's own rows, instead of made ones. */
  readonly seed: readonly { readonly file: string; readonly sql: string }[];
  /** Makes rows as well, after the files. */
  readonly seedCommand: OnDatabase | null;
  readonly checks: readonly Check[];
  /** Rows of the tables in production, as far as known. */
  readonly rowCounts: ReadonlyMap<Key, number>;
  /** Does an application use the tables meanwhile? */
  readonly inUse: boolean;
}

export const NO_DATA: Data = { rows: 0, seed: [], seedCommand: null, checks: [], rowCounts: new Map(), inUse: false };

/** Does the repository bring its own rows? */
export const isSeeded = ({ seed, seedCommand }: Data): boolean => seed.length > 0 || seedCommand !== null;
