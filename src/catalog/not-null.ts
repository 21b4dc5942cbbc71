import type { Catalog, Key, Table } from '../model/schema.ts';
import { editColumn, editKey, parentsOf } from './edit.ts';

const OWN = { ownNotNull: true } as const;

/** What NOT NULL written on a child or partition makes of the column. */
export const ownNotNull = (table: Table): Partial<typeof OWN> => (parentsOf(table).length > 0 ? OWN : {});

const isNotNull = (table: Table, column: string): boolean =>
  table.columns.some(({ name, notNull }) => name === column && notNull);

/** The column of one table takes nulls: the constraint goes, whatever it is called. */
export const nullable = (table: Table, column: string): Table => ({
  ...table,
  columns: table.columns.map(existing => {
    if (existing.name !== column) return existing;
    const { ownNotNull, notNullNamed, ...rest } = existing;
    return { ...rest, notNull: false };
  }),
  constraints: table.constraints.filter(({ type, columns }) => type !== 'not-null' || !columns.includes(column)),
});

/** A child keeps its own NOT NULL, that of another parent, and all of it under ONLY (dropconstraint_internal, tablecmds.c 18). */
export function dropNotNull(
  catalog: Catalog,
  key: Key,
  { column, only }: { readonly column: string; readonly only?: true },
  from: Key | null = null,
): Catalog {
  const table = catalog.relations.get(key);
  const own = table?.columns.find(({ name }) => name === column);
  if (!table || !own) return catalog;
  const others = parentsOf(table).some(parent => {
    const above = parent === from ? undefined : catalog.relations.get(parent);
    return above !== undefined && isNotNull(above, column);
  });
  if (from !== null && (own.ownNotNull || others)) return catalog;
  const next = editKey(catalog, key, current => nullable(current, column));
  return (catalog.children.get(key) ?? []).reduce(
    (current, child) =>
      only
        ? editKey(current, child, inheritor =>
            isNotNull(inheritor, column) ? editColumn(inheritor, column, OWN) : inheritor,
          )
        : dropNotNull(current, child, { column }, key),
    next,
  );
}
