import { keyOf, type Catalog, type Key } from '../../model/schema.ts';
import { defaultsFrom, editKey, policiesReading, referencing } from '../edit.ts';

/** What goes with a dropped relation: foreign keys to it, defaults that call it, sequences it owns, views and policies that read it. */
export function dropDependents(catalog: Catalog, key: Key): Catalog {
  let next = catalog;
  for (const table of referencing(catalog, key))
    next = editKey(next, keyOf(table), known => ({
      ...known,
      constraints: known.constraints.filter(c => !(c.references && keyOf(c.references) === key)),
    }));
  for (const table of defaultsFrom(catalog, key))
    next = editKey(next, keyOf(table), known => ({
      ...known,
      columns: known.columns.map(c => (c.default?.sequence === key ? { ...c, default: null } : c)),
    }));
  for (const table of policiesReading(next, key))
    next = editKey(next, keyOf(table), known => ({
      ...known,
      policies: known.policies.filter(({ reads }) => !readsFrom(reads, key)),
    }));
  for (const table of next.relations.values()) {
    const own = keyOf(table);
    if (table.ownedBy?.table === key) next = { ...next, relations: next.relations.without(own) };
    else if (readsFrom(table.reads, key)) {
      next = { ...next, relations: next.relations.without(own), children: next.children.without(own) };
      for (const index of table.indexes)
        next = { ...next, indexes: next.indexes.without(keyOf({ schema: table.schema, name: index.name })) };
      next = dropDependents(next, own);
    }
  }
  return next;
}

const readsFrom = (reads: readonly { readonly relation: Key }[], key: Key): boolean =>
  reads.some(read => read.relation === key);
