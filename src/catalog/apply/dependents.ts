import { keyOf, type Catalog, type Key, type Read } from '../../model/schema.ts';
import { defaultsFrom, editKey, isRead, policiesReading, referencing } from '../edit.ts';
import { indexDependents } from '../index-dependents.ts';

/** Foreign keys to a relation, or to one of its columns. */
export const dropForeignKeys = (catalog: Catalog, key: Key, column: string | null = null): Catalog =>
  referencing(catalog, key).reduce(
    (next, table) =>
      editKey(next, keyOf(table), current => ({
        ...current,
        constraints: current.constraints.filter(
          ({ references }) =>
            !(references && keyOf(references) === key && (column === null || references.columns.includes(column))),
        ),
      })),
    catalog,
  );

/** Foreign keys that rest on a unique index. */
export function dropIndexDependents(catalog: Catalog, key: Key, index: string): Catalog {
  const rests = indexDependents(catalog, key, index);
  return catalog.relations
    .values()
    .filter(table => table.constraints.some(rests))
    .reduce(
      (next, table) =>
        editKey(next, keyOf(table), current => ({
          ...current,
          constraints: current.constraints.filter(c => !rests(c)),
        })),
      catalog,
    );
}

/** What goes with a dropped relation: foreign keys to it, defaults that call it, sequences it owns, views and policies that read it. */
export function dropDependents(catalog: Catalog, key: Key): Catalog {
  let next = dropForeignKeys(catalog, key);
  for (const table of defaultsFrom(catalog, key))
    next = editKey(next, keyOf(table), current => ({
      ...current,
      columns: current.columns.map(c => (c.default?.sequence === key ? { ...c, default: null } : c)),
    }));
  return dropReaders(dropOwned(next, key), key);
}

/** A sequence goes with the table or column that owns it, and defaults elsewhere with the sequence. */
export function dropOwned(catalog: Catalog, owner: Key, column: string | null = null, ofIdentity = false): Catalog {
  let next = catalog;
  for (const { schema, name, ownedBy } of catalog.relations.values()) {
    if (ownedBy?.table !== owner || (column !== null && ownedBy.column !== column)) continue;
    if (ofIdentity && !ownedBy.identity) continue;
    const key = keyOf({ schema, name });
    next = dropDependents({ ...next, relations: next.relations.without(key) }, key);
  }
  return next;
}

/** Views and policies that read a relation, or one of its columns. */
export function dropReaders(catalog: Catalog, key: Key, column: string | null = null): Catalog {
  const reads = (dependencies: readonly Read[]): boolean => isRead(dependencies, key, column);
  let next = catalog;
  for (const table of policiesReading(next, key, column))
    next = editKey(next, keyOf(table), current => ({
      ...current,
      policies: current.policies.filter(policy => !reads(policy.reads)),
    }));
  for (const table of next.relations.values()) {
    if (!reads(table.reads)) continue;
    const own = keyOf(table);
    next = { ...next, relations: next.relations.without(own), children: next.children.without(own) };
    for (const index of table.indexes)
      next = { ...next, indexes: next.indexes.without(keyOf({ schema: table.schema, name: index.name })) };
    next = dropReaders(next, own);
  }
  return next;
}
