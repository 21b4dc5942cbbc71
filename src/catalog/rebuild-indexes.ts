import { indexColumnNames } from '../model/object-names.ts';
import { keyOf, type Catalog, type Index, type Key } from '../model/schema.ts';
import { descendants, editKey } from './edit.ts';
import { spreadIndex } from './partition-indexes.ts';
import { partsOf, removeIndex } from './remove-index.ts';

/**
 * A column's new type makes every index on it anew under its own name. Its parts on partitions go with the old one, and
 * are named anew (ATPostAlterTypeCleanup, tablecmds.c).
 */
export function rebuildIndexes(catalog: Catalog, key: Key, column: string): Catalog {
  const uses = ({ columns, reads }: Index): boolean => columns.includes(column) || reads.includes(column);
  let next = catalog;
  for (const owner of [key, ...descendants(catalog, key).map(keyOf)]) {
    const own = next.relations.get(owner);
    const rebuilt = own?.indexes.filter(index => uses(index) && index.parent === undefined).map(renewed) ?? [];
    if (!own || rebuilt.length === 0) continue;
    const parts = rebuilt.flatMap(({ name }) => partsOf(next, keyOf({ schema: own.schema, name })));
    next = editKey(parts.reduce(removeIndex, next), owner, table => ({
      ...table,
      indexes: table.indexes.map(index => rebuilt.find(({ name }) => name === index.name) ?? index),
    }));
    if (own.partitioning) for (const index of rebuilt) if (index.valid) next = spreadIndex(next, owner, index);
  }
  return next;
}

/** It calls its columns what they are called now. */
function renewed({ names, ...index }: Index): Index {
  if (!names) return index;
  const now = indexColumnNames(names.map((name, at) => index.columns[at] ?? name));
  return String(now) === String(index.columns) ? index : { ...index, names: now };
}
