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
  readonly held: readonly CostOf<'lock'>[];
  /** Settings in force when the statement starts, lower case: `lock_timeout`. */
  readonly settings: ReadonlyMap<string, string>;
  /** The step before this one in the same transaction; transaction control is left out. */
  readonly previous: Step | null;
  /** Later in the same file there are this many statements (0 for the last). */
  readonly remaining: number;
}
