import { isCertain } from '../../catalog/uncertain.ts';
import { parentsOf } from '../../catalog/edit.ts';
import { keyOf, type Catalog, type Column, type Key, type RelationKind, type Table } from '../../model/schema.ts';

interface Named {
  readonly schema: string;
  readonly name: string;
}

/** A relation that was seen: what it has here, it has. */
export const present = (relation: Named, catalog: Catalog): Table | undefined => presentAt(keyOf(relation), catalog);

export const presentAt = (key: Key, catalog: Catalog): Table | undefined =>
  isCertain(key, catalog) ? catalog.relations.get(key) : undefined;

/** Relations whose columns the text of their creation tells. */
const WRITTEN: ReadonlySet<RelationKind> = new Set<RelationKind>(['table', 'partitioned-table', 'foreign-table']);

/** A table whose creation was seen: what it does not have here, it does not have. */
export const whole = (relation: Named, catalog: Catalog): Table | undefined => {
  const table = present(relation, catalog);
  return table?.complete && WRITTEN.has(table.kind) ? table : undefined;
};

/** Every table has them (heap.c); the catalog does not. */
const SYSTEM: ReadonlySet<string> = new Set(['tableoid', 'cmax', 'xmax', 'cmin', 'xmin', 'ctid']);

export const isSystemColumn = (name: string): boolean => SYSTEM.has(name);

export const columnNamed = (table: Table | undefined, name: string): Column | undefined =>
  table?.columns.find(column => column.name === name);

/** The first of the names that no column of the table has; the table's own name is a row of it. */
export const lacking = (table: Table | undefined, names: readonly (string | null)[]): string | undefined =>
  names.find(
    (name): name is string =>
      table !== undefined &&
      name !== null &&
      name !== '' &&
      name !== table.name &&
      !SYSTEM.has(name) &&
      !columnNamed(table, name),
  ) ?? undefined;

/** Whether a parent has the column, too. */
export const inherits = (table: Table, column: string, catalog: Catalog): boolean =>
  parentsOf(table).some(parent => columnNamed(presentAt(parent, catalog), column) !== undefined);

/** What the name of a new relation collides with: any relation, or an index. */
export const isTaken = (object: Named, catalog: Catalog): boolean => {
  const key = keyOf(object);
  const owner = catalog.indexes.get(key);
  return isCertain(key, catalog) && (catalog.relations.has(key) || (owner !== undefined && isCertain(owner, catalog)));
};
