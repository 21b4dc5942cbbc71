/** What came in: files, migrations, statements. */
export interface ChangedFile {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'renamed' | 'removed';
  /** The old path of a renamed file. */
  readonly previous?: string;
}

/**
 * What a change is compared with.
 *
 * - `branch`: where it left this branch; `tip`, when known, is the branch's newest commit at the time of the event.
 * - `commit`: this very commit; the branch is asked when it is gone (forced push).
 */
export type Base =
  | { readonly kind: 'branch'; readonly ref: string; readonly tip: string | null }
  | { readonly kind: 'commit'; readonly sha: string; readonly ref: string };

/** Lines of `file`, both included, counted from 1. */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
}

export const onLine = (file: string, line = 1): Span => ({ file, line, endLine: line });

/**
 * How the tool sends a file to the server, which decides what commits together.
 *
 * - `all-files`: one explicit transaction around every pending file.
 * - `whole-file`: one explicit transaction around the file.
 * - `one-message`: the file is one simple-query message. Postgres wraps it in an implicit transaction as soon as it
 *   holds two statements (manual, 54.2.2.1), which also forbids CONCURRENTLY; a COMMIT inside does not change that.
 * - `pipeline`: extended-protocol pipeline with one Sync: an implicit transaction in which only the first statement
 *   may be one that refuses a transaction block.
 * - `per-statement`: each statement is sent by itself and commits by itself, unless the file says BEGIN.
 * - `as-written`: psql: the same as per-statement.
 */
export type Delivery = 'all-files' | 'whole-file' | 'one-message' | 'pipeline' | 'per-statement' | 'as-written';

/** Lines whose statements a tool sends together, though it sends those of the file one by one. */
export interface Message {
  readonly line: number;
  readonly endLine: number;
  /** As `pipeline` of Delivery; else as `one-message`. */
  readonly pipelined?: true;
}

/** How an author makes this file run outside a transaction, in the tool's own words. Used in remedies. */
export interface NoTransaction {
  /** Markdown sentence: "Put `-- migrate:up transaction:false` on the marker line; the file may then hold one statement only." */
  readonly instruction: string;
  /** The text to put at the top of the SQL, when it is text in the file. */
  readonly marker?: string;
  /** True when each such file may hold only one statement. */
  readonly oneStatement: boolean;
}

export interface Migration {
  /** As the tool's history table would name it. */
  readonly id: string;
  readonly framework: string;
  readonly file: string;
  /** What the server receives. Line N here is line N of `file`: markers, templates and the other direction are blanked, not cut. */
  readonly sql: string;
  /** Files whose text is part of `sql`, as psql's `\\i` sends it. */
  readonly includes?: readonly string[];
  /** Of a program: files of the repository that it imports, and that these import in turn. */
  readonly imports?: readonly string[];
  /** In this pull request, or history that only feeds the catalog. */
  readonly changed: boolean;
  readonly direction: 'up' | 'down';
  readonly transaction: Delivery;
  /** Where the file is sent statement by statement: what is sent as one none the less. */
  readonly messages?: readonly Message[];
  /** Null when the tool offers no way out. */
  readonly noTransaction: NoTransaction | null;
  /** The tool runs it again whenever its text changes. */
  readonly repeatable?: true;
  /** Merged before, and edited: `sql` is what did not stand in it then. */
  readonly edited?: true;
  /** Of an edited one: the statements that stood in it before and do not now. */
  readonly replaced?: readonly string[];
  /** When it was written, as the tool notes it, where that decides whether it runs. */
  readonly when?: number;
  /** A command printed `sql` from the program in `file`: all of it stands for line 1. */
  readonly printed?: true;
  /** What could not be read: a template, a placeholder, code that builds SQL. Each becomes a blind spot. */
  readonly unread: readonly { readonly line: number; readonly because: string }[];
}

/** One database's migrations, oldest first. A monorepo has several. */
export interface History {
  readonly framework: string;
  /** The folder that holds them. */
  readonly root: string;
  readonly migrations: readonly Migration[];
  /** What the configuration has the tool do with a new migration that sorts before applied ones. */
  readonly late?: 'applied' | 'skipped';
}

/** A node of the parser's tree; typed accessors are in sql/nodes.ts. */
export type Node = Readonly<Record<string, unknown>>;

export interface Statement {
  /** Without the closing semicolon and without leading comments. */
  readonly sql: string;
  readonly span: Span;
  /** Index of its first character in the text of its migration. */
  readonly start: number;
  /** Null when it did not parse. */
  readonly node: Node | null;
  /** The parser's message when it did not. */
  readonly error?: string;
  /** It passes a limit of ours, so that `error` is no fault of the text. */
  readonly unread?: true;
}
