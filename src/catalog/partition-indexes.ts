import { chooseName, indexColumnNames } from '../model/object-names.ts';
import { keyOf, type Catalog, type Constraint, type Index, type Key, type Table } from '../model/schema.ts';
import { editKey } from './edit.ts';

const LABELS = { 'primary-key': 'pkey', unique: 'key', exclude: 'excl' } as const;

/**
 * What an index of a partitioned table is called on a partition: Postgres chooses, as for an index without a name
 * (DefineIndex, ChooseIndexName). An expression is called there what the parent's index calls it.
 */
export function partitionIndexName(
  member: { readonly schema: string; readonly name: string },
  { columns, names }: Pick<Index, 'columns' | 'names'>,
  type: Constraint['type'] | null,
  catalog: Catalog,
): string {
  const label = type === 'primary-key' || type === 'unique' || type === 'exclude' ? LABELS[type] : 'idx';
  const isTaken = (other: string): boolean => {
    const key = keyOf({ schema: member.schema, name: other });
    return catalog.indexes.has(key) || catalog.relations.has(key);
  };
  return chooseName(member.name, label === 'pkey' ? [] : (names ?? indexColumnNames(columns)), label, isTaken);
}

/** May the partition's index become a part of the parent's (CompareIndexInfo, index.c; DefineIndex)? */
export const fits = (index: Index, own: Index): boolean =>
  own.parent === undefined &&
  own.valid &&
  (index.constraint === null || own.constraint !== null) &&
  index.unique === own.unique &&
  index.method === own.method &&
  index.partial === own.partial &&
  String(index.columns) === String(own.columns) &&
  String(index.reads) === String(own.reads);

/** A partition gets each index of its parent that it has not, and with a key the constraint (DefineRelation, AttachPartitionEnsureIndexes). */
export const inheritIndexes = (catalog: Catalog, parent: Key, child: Key): Catalog =>
  (catalog.relations.get(parent)?.indexes ?? []).reduce(
    (next, index) => inheritIndex(next, parent, index, child),
    catalog,
  );

/** Every partition, all the down migration, gets one index. */
export const spreadIndex = (catalog: Catalog, parent: Key, index: Index): Catalog =>
  (catalog.children.get(parent) ?? []).reduce((next, child) => inheritIndex(next, parent, index, child), catalog);

function inheritIndex(catalog: Catalog, parent: Key, index: Index, child: Key): Catalog {
  const owner = catalog.relations.get(parent);
  const table = catalog.relations.get(child);
  if (!owner || !table) return catalog;
  const key = keyOf({ schema: owner.schema, name: index.name });
  if (table.indexes.some(existing => existing.parent === key)) return catalog;
  const lent = table.indexes.find(existing => fits(index, existing));
  if (lent)
    return editKey(catalog, child, current => ({
      ...current,
      indexes: current.indexes.map(own => (own === lent ? { ...own, parent: key } : own)),
    }));
  return make(catalog, { owner, index, table, parent: key });
}

function make(
  catalog: Catalog,
  { owner, index, table, parent }: { owner: Table; index: Index; table: Table; parent: Key },
): Catalog {
  const constraint = owner.constraints.find(existing => existing.name === index.constraint) ?? null;
  const name = partitionIndexName(table, index, constraint?.type ?? null, catalog);
  const own: Index = { ...index, name, valid: true, constraint: constraint && name, parent };
  const child = keyOf(table);
  const next = editKey(catalog, child, current => ({
    ...current,
    indexes: [...current.indexes, own],
    constraints: constraint ? [...current.constraints, { ...constraint, name, usingIndex: null }] : current.constraints,
    columns:
      constraint?.type === 'primary-key'
        ? current.columns.map(c => (constraint.columns.includes(c.name) ? { ...c, notNull: true } : c))
        : current.columns,
  }));
  const withIndex = { ...next, indexes: next.indexes.with(keyOf({ schema: table.schema, name }), child) };
  return spreadIndex(withIndex, child, own);
}
