import { indexColumnNames } from '../model/object-names.ts';
import { keyOf, type Catalog, type Index, type Key } from '../model/schema.ts';
import { descendants, editKey } from './edit.ts';
import { spreadIndex } from './partition-indexes.ts';
import { partsOf, removeIndex } from './remove-index.ts';

interface Rebuilt {
  readonly catalog: Catalog;
  /** An index that cannot be made again: one of its name is there by then. */
  readonly clash: string | null;
}

/**
 * A column's new type drops every index on it, and then makes each anew under its own name, the parent's first. Parts on
 * partitions are named anew, by what is free by then (ATPostAlterTypeCleanup, tablecmds.c).
 */
export function rebuildIndexes(catalog: Catalog, key: Key, column: string): Rebuilt {
  const uses = ({ columns, reads }: Index): boolean => columns.includes(column) || reads.includes(column);
  const dropped = [key, ...descendants(catalog, key).map(keyOf)].flatMap(owner => {
    const table = catalog.relations.get(owner);
    const own = table?.indexes.filter(index => uses(index) && index.parent === undefined) ?? [];
    return table ? own.map(index => ({ owner, table, index, name: keyOf({ ...table, name: index.name }) })) : [];
  });
  let next = dropped.reduce((current, { name }) => partsOf(current, name).reduce(removeIndex, current), catalog);
  for (const { owner, index, name } of dropped)
    next = {
      ...editKey(next, owner, table => ({ ...table, indexes: table.indexes.filter(own => own.name !== index.name) })),
      indexes: next.indexes.without(name),
    };
  let clash: string | null = null;
  for (const { owner, table, index, name } of dropped) {
    if (next.indexes.has(name)) clash ??= index.name;
    const rebuilt = renewed(index);
    next = {
      ...editKey(next, owner, current => ({ ...current, indexes: [...current.indexes, rebuilt] })),
      indexes: next.indexes.with(name, owner),
    };
    if (table.partitioning && index.valid) next = spreadIndex(next, owner, rebuilt);
  }
  return { catalog: next, clash };
}

/** It calls its columns what they are called now. */
function renewed({ names, ...index }: Index): Index {
  if (!names) return index;
  const now = indexColumnNames(names.map((name, at) => index.columns[at] ?? name));
  return String(now) === String(index.columns) ? index : { ...index, names: now };
}
