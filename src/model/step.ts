import type { Change, Cost, CostOf } from './effect.ts';
import type { Catalog } from './schema.ts';
import type { Migration, Statement } from './source.ts';

/** Where a statement stands in the transactions that the tool makes of its file. */
export interface Transaction {
  /** False when the statement commits by itself. */
  readonly block: boolean;
  /** The block is one that Postgres makes by itself: a message of several statements, or a pipeline. */
  readonly implicit: boolean;
  /** The file opened it with BEGIN and has not closed it. */
  readonly explicit: boolean;
  /** Statements of the same transaction before this one, transaction control left out. */
  readonly position: number;
}

/** The transaction that a statement belongs to, from its first statement to its end. */
export interface WholeTransaction {
  /** The schema when it begins. */
  readonly before: Catalog;
  /** The schema that it commits, with the age that objects have in it; that of its beginning where it is rolled back. */
  readonly after: Catalog;
  /** Its statements, transaction control left out. */
  readonly steps: readonly Step[];
}

/** One statement, understood: all that a rule may look at. */
export interface Step {
  readonly statement: Statement;
  readonly migration: Migration;
  readonly transaction: Transaction;
  readonly changes: readonly Change[];
  readonly costs: readonly Cost[];
  readonly before: Catalog;
  readonly after: Catalog;
  /** Locks taken earlier in this transaction and still held. */
  readonly heldLocks: readonly CostOf<'lock'>[];
  /** Settings in force when the statement starts, lower case: `lock_timeout`. */
  readonly settings: ReadonlyMap<string, string>;
  /** The step before this one in the same transaction; transaction control is left out. */
  readonly previous: Step | null;
  /** Complete once all files are analyzed, when rules look at it. */
  readonly whole: WholeTransaction;
  /** Later in the same file there are this many statements (0 for the last). */
  readonly remaining: number;
}
