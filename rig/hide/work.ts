import type { Picks } from './picks.ts';

/**
 * Where a piece of SQL may stand.
 *
 * - `dml`: INSERT, UPDATE, DELETE, MERGE, without RETURNING; `utility`: any other statement that a function may hold.
 * - `query`: SELECT or what yields rows. `expression`: of type int.
 * - `plpgsql`: a statement of a PL/pgSQL body, with its semicolon. `top`: only outside of functions.
 */
export type Kind = 'dml' | 'utility' | 'query' | 'expression' | 'plpgsql' | 'top';

/** A dangerous statement on its way: what the author writes so that it runs. */
export interface Work {
  readonly kind: Kind;
  readonly sql: string;
  /** Statements before it and after it, without semicolons. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface Wrapper {
  readonly id: string;
  /** What it hides in is constant text that a reader can follow: an innocent in it must not be an error. */
  readonly readable: boolean;
  readonly takes: readonly Kind[];
  wrap(work: Work, p: Picks): Work;
}

export const STATEMENTS: readonly Kind[] = ['dml', 'utility', 'query', 'expression'];

/** As a statement of its own. */
export const statement = ({ kind, sql }: Work): string =>
  kind === 'expression' ? `SELECT ${sql}` : kind === 'plpgsql' ? `DO $top$ BEGIN ${sql} END $top$` : sql;

/** As a statement of a PL/pgSQL body. */
export function inBody({ kind, sql }: Work, p: Picks): string {
  if (kind === 'plpgsql') return sql;
  if (kind === 'expression') return p.one([`PERFORM ${sql};`, `PERFORM ${sql};`, `IF ${sql} < 0 THEN NULL; END IF;`]);
  if (kind !== 'query') return `${sql};`;
  const row = p.name('r');
  return `DECLARE ${row} record; BEGIN FOR ${row} IN ${sql} LOOP NULL; END LOOP; END;`;
}

/** The same work as something else, with more before it. */
export const as = (work: Work, kind: Kind, sql: string, before: readonly string[] = []): Work => ({
  kind,
  sql,
  before: [...work.before, ...before],
  after: work.after,
});

/** A wrapper that can be followed by reading. */
export const open = (id: string, takes: readonly Kind[], wrap: Wrapper['wrap']): Wrapper => ({
  id,
  takes,
  readable: true,
  wrap,
});
/** A wrapper whose text is made while it runs. */
export const veiled = (id: string, takes: readonly Kind[], wrap: Wrapper['wrap']): Wrapper => ({
  id,
  takes,
  readable: false,
  wrap,
});
