import type { Reactions } from '../frameworks/shared/reactions.ts';
import type { Delivery } from '../model/source.ts';

/** A row of a history table: values as text. */
export type RawRow = Readonly<Record<string, string | null>>;

/** A migration of the checkout, as far as a tool looks at it before it runs it. */
export interface FileMigration {
  readonly id: string;
  readonly file: string;
  /** Position in the order of the tool. */
  readonly at: number;
  /** The bytes of the file. */
  readonly bytes: Uint8Array;
  readonly transaction: Delivery;
  readonly repeatable: boolean;
  /** The configuration of the project makes its statements commit one by one. */
  readonly piecewise: boolean;
  /** Statements, counted by semicolons as a driver adapter does. */
  readonly pieces: number;
  /** As the tool notes it, where that decides whether it runs. */
  readonly when: number | null;
}

/** What a row says of its migration. */
export type Mark =
  'applied' | 'failed' | 'half-applied' | 'rolled back' | 'baseline' | /** Says nothing of a migration. */ 'none';

/** One recorded migration. */
export interface Entry {
  /** What identifies it: equal to one of the keys of its file. */
  readonly key: string;
  /** As it is printed. */
  readonly name: string;
  readonly checksum: string | null;
  readonly at: string | null;
  readonly mark: Mark;
}

/** How a tool computes the checksum of a file. */
export interface Checksum {
  /** `sha256`, as it is printed. */
  readonly name: string;
  /**
   * Every text that the tool may have recorded for these bytes, each with what was done to the file before: the trial is
   * over line ends and byte order marks, which git and editors change. Nothing, where it cannot be computed.
   */
  candidates(bytes: Uint8Array, one: FileMigration, entry: Entry): Iterable<readonly [checksum: string, how: string]>;
}

/** Files in which projects rename a history table: the first group of each pattern is the name. */
interface Renaming {
  readonly file: RegExp;
  readonly table?: RegExp;
  readonly schema?: RegExp;
}

/** A table beside the history in which the tool notes what has failed. */
interface FailureTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly entries: (rows: readonly RawRow[]) => readonly Entry[];
}

/** Text of the configuration by which the statements of a file commit one by one, and not together. */
interface Piecewise {
  readonly file: RegExp;
  readonly pattern: RegExp;
}

/** A table by which a tool keeps others out: a row whose column is true or 1 makes the tool refuse. */
interface LockTable {
  readonly table: string;
  readonly column: string;
  /** The command that releases it. */
  readonly release: string;
}

/** A migration that the tool has recorded as begun and not as ended. */
export interface FailedMigration {
  /** As the history names it. */
  readonly id: string;
  readonly file: string;
  /** The directory of the file. */
  readonly folder: string;
  /** The id of the one before it; null for the first. */
  readonly before: string | null;
}

/** The commands by which the history is made to say what is true; they are printed, never run. */
export interface Recovery {
  /** Nothing of it is in the database. */
  readonly undone: (one: FailedMigration) => string;
  /** All of it is; null if the tool has no command for that. */
  readonly done: ((one: FailedMigration) => string) | null;
}

/** One word for a POSIX shell. */
export const shellWord = (text: string): string =>
  /^[\w./:@%+][\w./:@%+-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** How one migration tool records what it has applied. */
export interface HistoryTool {
  /** Id of the framework. */
  readonly id: string;
  /** The version that was run for what is said here; null where it was only read in the source of the tool. */
  readonly ran: string | null;
  /** The table, without a schema where the tool uses that of the connection. */
  readonly table: string;
  readonly schema: string | null;
  /** Columns by which the table is recognized. */
  readonly columns: readonly string[];
  /** Columns that are read if they exist: newer or older versions of the tool. */
  readonly optional: readonly string[];
  /** Columns that make a table of this name that of another tool. */
  readonly foreign: readonly string[];
  readonly renamed: readonly Renaming[];
  readonly lock: LockTable | null;
  /** The key of the advisory lock that it holds while it runs, as a signed number of 64 bits; null if it has none. */
  readonly advisoryLock: string | null;
  /** Null where nothing records a failure, or no command changes that. */
  readonly recovery: Recovery | null;
  /** Other tables that the tool, and not a migration of the repository, creates. */
  readonly beside: RegExp | null;
  /** What it says of a migration that the history also has does not count. */
  readonly failures: FailureTable | null;
  readonly piecewise: readonly Piecewise[];
  readonly entries: (rows: readonly RawRow[]) => readonly Entry[];
  /** By which of its rows a file is recognized. */
  readonly key: (one: FileMigration) => string;
  /** Whether a file is the migration of a row with its key; where a key alone does not say so. */
  readonly isOf: (one: FileMigration, entry: Entry) => boolean;
  /** Null: the table has none, or it cannot be computed from the file. */
  readonly checksum: Checksum | null;
  /** Why an edit cannot be seen, where `checksum` is null. */
  readonly withoutChecksum: string;
  readonly reactions: Reactions;
  /** Files for which the tool refuses to run whatever was applied, with its words; `pending` are those it would apply. */
  readonly invalid: (
    files: readonly FileMigration[],
    pending: ReadonlySet<FileMigration>,
    entries: readonly Entry[],
  ) => ReadonlyMap<FileMigration, string>;
  /** How the files and rows of this tool are compared. */
  readonly compare: Comparison;
  /** Of several rows of one migration: the last one counts, or all do, and a failure outweighs the rest. */
  readonly repeated: 'last' | 'all';
}

/**
 * - `names`: each migration has a row, and the set of names decides what is pending.
 * - `newest`: what is not newer than the newest row is never applied.
 * - `one-version`: the table has one row, with the newest version.
 * - `heads`: the table has the heads of a graph of revisions.
 * - `graph`: each migration has a row, and dependencies decide the order.
 */
export type Comparison = 'names' | 'newest' | 'one-version' | 'heads' | 'graph';

export type ToolSpec = Pick<HistoryTool, 'id' | 'ran' | 'table' | 'columns' | 'entries' | 'key' | 'reactions'> &
  Partial<HistoryTool>;

export const defineTool = (spec: ToolSpec): HistoryTool => ({
  schema: null,
  optional: [],
  foreign: [],
  renamed: [],
  lock: null,
  advisoryLock: null,
  recovery: null,
  beside: null,
  failures: null,
  piecewise: [],
  checksum: null,
  withoutChecksum: 'the table has no checksum',
  compare: 'names',
  invalid: () => new Map(),
  isOf: () => true,
  repeated: 'all',
  ...spec,
});
