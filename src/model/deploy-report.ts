import type { PreflightCheck } from './preflight.ts';

/**
 * - `go`: the tool applies the pending migrations, in order, and nothing is unusual.
 * - `warn`: it does, and something needs a look.
 * - `block`: it refuses, skips or repeats a migration, or one has failed.
 * - `could-not-judge`: the history could not be read completely, so nothing is known.
 */
export type DeployVerdict = 'go' | 'warn' | 'block' | 'could-not-judge';

/** What a history table and the files together say of a migration. */
export type MigrationStateName =
  | 'applied'
  | 'pending'
  /** Not applied, and the tool never will. */
  | 'pending, skipped'
  /** Applied, and the file has changed since. */
  | 'edited'
  /** Applied, and no file here has it. */
  | 'missing'
  /** Not applied, and sorts before one that is. */
  | 'out of order'
  /** The tool recorded a failure. */
  | 'failed'
  /** The tool recorded a failure, and part of the migration may be committed. */
  | 'half-applied'
  /** Applied or failed before, and recorded as rolled back. */
  | 'rolled back'
  /** Declared as applied before the tool was used. */
  | 'baseline';

/** What the tool itself does with it on its next run. */
export type NextStep =
  | 'nothing'
  | 'apply'
  /** Applies it after newer ones. */
  | 'apply late'
  /** Never applies it, and reports success. */
  | 'skip saying ok'
  /** Ends with an error, and applies nothing. */
  | 'refuse'
  /** Applies it again: it is already applied under another name or version. */
  | 'run twice'
  /** Not applied, because the tool refuses to run. */
  | 'not reached';

export interface MigrationState {
  /** As the tool's history table names it. */
  readonly id: string;
  /** Null for a migration without a file. */
  readonly file: string | null;
  /** Id of the migration tool. */
  readonly tool: string;
  readonly state: MigrationStateName;
  readonly next: NextStep;
  /** One sentence: why it is in this state, and what follows. */
  readonly because: string;
  /** When it was applied, as the table says; null if it was not, or the table has no time. */
  readonly appliedAt: string | null;
  /** Of a file that was renamed after it was applied: the id under which it is recorded. */
  readonly recordedAs: string | null;
}

/** A history table and the files that it was compared with. */
export interface ComparedHistory {
  readonly tool: string;
  /** Directories of the migrations. */
  readonly roots: readonly string[];
  /** Schema and name, quoted as Postgres does; null if there is none. */
  readonly table: string | null;
  readonly rows: number;
  /** How texts were compared with the recorded checksums; null if the table has none that can be compared. */
  readonly checksum: string | null;
}

/** What `migration-gate deploy --format json` prints. */
export interface DeployReport {
  /** Version of Migration Gate. */
  readonly version: string;
  readonly verdict: DeployVerdict;
  /** Why, most important first. Empty if the verdict is `go`. */
  readonly reasons: readonly string[];
  /** What to do about the first reason; null if nothing is to be done. */
  readonly hint: string | null;
  readonly database: {
    readonly name: string;
    /** `server_version_num`. */
    readonly serverVersion: number;
    /** When the history was read, by the clock of the server, ISO 8601. */
    readonly readAt: string;
  } | null;
  readonly histories: readonly ComparedHistory[];
  /** In the order of the files; those without a file come first. */
  readonly migrations: readonly MigrationState[];
  /** Checks of the live database; empty if there was none to look at, as with `--history`. */
  readonly preflight: readonly PreflightCheck[];
  readonly notes: readonly string[];
}

/** What `migration-gate history` prints, and `deploy --history` reads. */
export interface HistoryExport {
  /** Version of this format. */
  readonly format: 1;
  /** Version of Migration Gate. */
  readonly version: string;
  readonly database: NonNullable<DeployReport['database']>;
  readonly tables: readonly HistoryTable[];
}

export interface HistoryTable {
  readonly schema: string;
  readonly name: string;
  /** All columns, in the order of the table. */
  readonly columns: readonly string[];
  /** Why its rows could not be read; null if they were. */
  readonly problem: string | null;
  /** Values as text, by column; only columns that a tool needs. */
  readonly rows: readonly Readonly<Record<string, string | null>>[];
}
