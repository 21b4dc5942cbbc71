/** Since when others can see a relation. Work on a relation nobody can see yet harms nobody. */
export type Age = 'existing' | 'this-pr' | 'this-transaction' | 'unknown';

/** `schema.name`, the key of every relation, type and routine in the catalog. */
export type Key = string;

/** A type as pg_type knows it. `int` is `pg_catalog.int4`, `varchar(20)` is `pg_catalog.varchar` with `mods` [20]. */
export interface TypeRef {
  readonly schema: string;
  readonly name: string;
  readonly mods: readonly number[];
  readonly array: boolean;
  /** `interval day to second` and the like: fields as written, else absent. */
  readonly fields?: string;
}

/** pg_proc.provolatile; `unknown` where the function's definition was never seen. */
export type Volatility = 'immutable' | 'stable' | 'volatile' | 'unknown';

/** What evaluates an expression. */
export interface DependsOnFunctions {
  /** Functions of the migrations that it calls: DROP FUNCTION … CASCADE takes it along. */
  readonly calls?: readonly Key[];
  /** Functions of the migrations that run beside those it names: behind its operators, casts and domains. */
  readonly runs?: readonly Key[];
}
