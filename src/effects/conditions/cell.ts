import type { Key } from '../../model/schema.ts';

/** The oid of a relation: `regclass`, `pg_class.oid`, `attrelid`. */
export interface Regclass {
  readonly relation: Key;
}

/** server_version_num, of which the major is known. */
export interface ServerVersion {
  readonly major: number;
}

export type Plain = string | number | boolean;

/** A value; null is SQL's, undefined is what the text does not say. */
export type Cell = Plain | Regclass | ServerVersion | null | undefined;

/** What is absent is not known. */
export type Row = Readonly<Record<string, Cell>>;

export const isRegclass = (cell: Cell): cell is Regclass =>
  typeof cell === 'object' && cell !== null && 'relation' in cell;
export const isVersion = (cell: Cell): cell is ServerVersion =>
  typeof cell === 'object' && cell !== null && 'major' in cell;

/** Three-valued logic (manual, 9.1); what is not known is not known. */
export const not = (value: Cell): Cell => (typeof value === 'boolean' ? !value : value === null ? null : undefined);

export function and(values: readonly Cell[]): Cell {
  if (values.includes(false)) return false;
  if (values.some(value => value === undefined)) return undefined;
  return values.includes(null) ? null : true;
}

export const or = (values: readonly Cell[]): Cell => not(and(values.map(not)));
