import { keyOf, type Catalog, type Key } from '../model/schema.ts';
import { descendants, editKey } from './edit.ts';

/** Takes an index out, with the constraint that it stands behind and with its parts on partitions. */
export function removeIndex(catalog: Catalog, key: Key): Catalog {
  const owner = catalog.indexes.get(key);
  const table = owner === undefined ? undefined : catalog.relations.get(owner);
  if (owner === undefined || !table) return catalog;
  const dropped = table.indexes.find(index => keyOf({ schema: table.schema, name: index.name }) === key);
  const without = editKey(catalog, owner, current => ({
    ...current,
    indexes: current.indexes.filter(index => index !== dropped),
    constraints: current.constraints.filter(({ name }) => name !== dropped?.constraint),
  }));
  const next = { ...without, indexes: without.indexes.without(key) };
  return partsOf(catalog, key).reduce(removeIndex, next);
}

/** Indexes of partitions that are parts of an index, as keys. */
export const partsOf = (catalog: Catalog, key: Key): Key[] =>
  descendants(catalog, catalog.indexes.get(key) ?? '').flatMap(({ schema, indexes }) =>
    indexes.flatMap(({ name, parent }) => (parent === key ? [keyOf({ schema, name })] : [])),
  );

/** An index has another key: its parts refer to it by that. */
export function rekeyIndex(catalog: Catalog, from: Key, to: Key): Catalog {
  let next = catalog;
  for (const part of partsOf(catalog, from))
    next = editKey(next, catalog.indexes.get(part) ?? '', table => ({
      ...table,
      indexes: table.indexes.map(index => (index.parent === from ? { ...index, parent: to } : index)),
    }));
  return next;
}
