import { chooseName, indexColumnNames } from '../model/object-names.ts';
import { keyOf, type Catalog, type Constraint, type Index, type Key, type Table } from '../model/schema.ts';
import { editKey } from './edit.ts';

const LABELS = { 'primary-key': 'pkey', unique: 'key', exclude: 'excl' } as const;

/**
 * What an index of a partitioned table is called on a partition: Postgres chooses, as for an index without a name
 * (DefineIndex, ChooseIndexName).
 */
export function partitionIndexName(
  member: { readonly schema: string; readonly name: string },
  columns: readonly (string | null)[],
  type: Constraint['type'] | null,
  catalog: Catalog,
): string {
  const label = type === 'primary-key' || type === 'unique' || type === 'exclude' ? LABELS[type] : 'idx';
  const taken = (other: string): boolean => {
    const key = keyOf({ schema: member.schema, name: other });
    return catalog.indexes.has(key) || catalog.relations.has(key);
  };
  return chooseName(member.name, label === 'pkey' ? [] : indexColumnNames(columns), label, taken);
}

const alike = (a: Index, b: Index): boolean =>
  b.valid &&
  a.unique === b.unique &&
  a.method === b.method &&
  a.partial === b.partial &&
  String(a.columns) === String(b.columns) &&
  String(a.reads) === String(b.reads);

/** A partition gets each index of its parent that it has not, and with a key the constraint (DefineRelation, AttachPartitionEnsureIndexes). */
export function inheritIndexes(catalog: Catalog, parent: Key, child: Key): Catalog {
  const owner = catalog.relations.get(parent);
  let next = catalog;
  for (const index of owner?.indexes ?? []) next = inheritIndex(next, owner, index, child);
  return next;
}

/** The same for one index and the constraint behind it. */
export function inheritIndex(catalog: Catalog, owner: Table | undefined, index: Index, child: Key): Catalog {
  const table = catalog.relations.get(child);
  // One that is attached to an index of the parent already is not lent to a second.
  const count = (of: Table | undefined): number => of?.indexes.filter(known => alike(index, known)).length ?? 0;
  if (!table || (count(table) > 0 && count(table) >= count(owner))) return catalog;
  const constraint = owner?.constraints.find(known => known.name === index.constraint) ?? null;
  const name = partitionIndexName(table, index.columns, constraint?.type ?? null, catalog);
  const own: Index = { ...index, name, valid: true, constraint: constraint && name };
  const next = editKey(catalog, child, known => ({
    ...known,
    indexes: [...known.indexes, own],
    constraints: constraint ? [...known.constraints, { ...constraint, name, usingIndex: null }] : known.constraints,
    columns:
      constraint?.type === 'primary-key'
        ? known.columns.map(c => (constraint.columns.includes(c.name) ? { ...c, notNull: true } : c))
        : known.columns,
  }));
  return { ...next, indexes: next.indexes.with(keyOf({ schema: table.schema, name }), child) };
}
