import type { Key } from './schema.ts';
import type { Timeline } from './timeline.ts';

/** For how long one use of one table was stopped, in milliseconds. */
export interface Blocked {
  readonly table: Key;
  readonly use: 'read' | 'write';
  readonly longest: number;
  readonly total: number;
}

/** How long a statement took on a table of so many rows. */
export interface Sample {
  readonly rows: number;
  readonly ms: number;
}

/** How its time grows with the rows: a scan or a rewrite, or the sort of an index. */
export type Fit = 'linear' | 'n log n';

/** How long a statement will take on a table as large as production's, predicted from two smaller scales. */
export interface Forecast {
  readonly table: Key;
  readonly rows: number;
  readonly ms: number;
  readonly fit: Fit;
  readonly samples: readonly [Sample, Sample];
}

/** One statement, run on tables that hold rows and are in use. */
export interface RehearsedStatement {
  readonly ms: number;
  /** Written to the log, by the whole server. Null when the statement failed. */
  readonly walBytes: number | null;
  /** Of the tables that the migration touches, with their indexes and TOAST. Null when the statement failed. */
  readonly bytesBefore: number;
  readonly bytesAfter: number | null;
  readonly blocked: readonly Blocked[];
  /** It gave up waiting for a lock: 55P03. */
  readonly lockTimeout: boolean;
  /** It and a writer of the application waited for each other: 40P01. */
  readonly deadlock: boolean;
  readonly forecasts: readonly Forecast[];
}

/** A migration, run on tables that hold rows while an application uses them. */
export interface Rehearsal {
  /** Who made the rows: the repository's seed, or Migration Gate. */
  readonly rowsFrom: 'seed' | 'generator';
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  /** Tables that stayed empty, and why. */
  readonly unfilled: readonly { readonly name: string; readonly because: string }[];
  readonly timeline: Timeline;
  /** Did a reader and a writer use each table? */
  readonly inUse: boolean;
  /** For so long a transaction that had read the tables stayed open at the start. 0: there was none. */
  readonly readerMs: number;
  /** Tables beyond the most that are used at a time. */
  readonly unwatched: readonly Key[];
  /** Waits shorter than this may be missing. */
  readonly resolutionMs: number;
  /** Rows and values of before that are not there after. */
  readonly lost: readonly string[];
}
