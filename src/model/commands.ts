import type { Migration } from './source.ts';

/** How a command ended. */
export interface Ran {
  /** Null when it went well. */
  readonly failure: string | null;
  /** Its last words, without credentials. */
  readonly output: string;
  readonly ms: number;
}

/** A command that does something to the database at an address. */
export type OnDatabase = (address: string) => Promise<Ran>;

/** Prints the SQL of a migration; `previous` is the id of the one before it. */
export type PrintSql = (migration: Migration, previous: string) => Promise<string>;

/** What the repository's own commands do. */
export interface Commands {
  /** Prints the SQL of a migration that is a program. */
  readonly print?: PrintSql;
  /** Applies the history to a database, as the tool does. */
  readonly apply?: OnDatabase;
  /** Fills a database. */
  readonly seed?: OnDatabase;
  /** Prints the SQL of the schema that the code expects. */
  readonly schema?: () => Promise<string>;
}
