import type { Relation } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key, type Read, type Table } from '../../model/schema.ts';
import type { Apply } from '../apply-table.ts';
import { unchanged } from '../apply-table.ts';
import { addChild, ancestorsOf, descendants, edit, editKey, parentsOf, removeChild } from '../edit.ts';
import { disinherited, inherited } from '../inheritance.ts';
import { rekeyIndex } from '../remove-index.ts';
import { indexOfConstraint } from './constraints.ts';
import { dropDependents, dropForeignKeys } from './dependents.ts';
import { inheritFrom } from './partitions.ts';

function create(catalog: Catalog, table: Table): Catalog {
  const key = keyOf(table);
  const backed = table.constraints.flatMap(constraint => indexOfConstraint(constraint, table) ?? []);
  let next: Catalog = {
    ...catalog,
    relations: catalog.relations.with(key, { ...table, indexes: [...table.indexes, ...backed] }),
  };
  for (const index of [...table.indexes, ...backed])
    next = { ...next, indexes: next.indexes.with(keyOf({ schema: table.schema, name: index.name }), key) };
  for (const parent of parentsOf(table)) next = addChild(next, parent, key);
  return table.partitionOf ? inheritFrom(next, table.partitionOf.parent, key) : next;
}

/** Takes a relation out of the catalog with its dependents: indexes, partitions, owned sequences, foreign keys to it. */
export function remove(catalog: Catalog, key: Key, cascade = false): Catalog {
  const table = catalog.relations.get(key);
  if (!table) return catalog;
  let next = catalog;
  for (const child of descendants(catalog, key))
    if (child.partitionOf || cascade) next = removeOne(next, keyOf(child), cascade);
  return removeOne(next, key, cascade);
}

function removeOne(catalog: Catalog, key: Key, cascade: boolean): Catalog {
  const table = catalog.relations.get(key);
  if (!table) return catalog;
  let next: Catalog = {
    ...catalog,
    relations: catalog.relations.without(key),
    children: catalog.children.without(key),
  };
  for (const index of table.indexes)
    next = { ...next, indexes: next.indexes.without(keyOf({ schema: table.schema, name: index.name })) };
  for (const parent of parentsOf(table)) next = removeChild(next, parent, key);
  // A foreign key to a partitioned table holds on to its partitions.
  const above = cascade ? ancestorsOf(catalog, key) : [];
  return above.reduce((current, to) => dropForeignKeys(current, to), dropDependents(next, key));
}

/** A new name for a relation, and for it in everything that refers to it. */
export function rekey(catalog: Catalog, relation: Relation, to: { schema: string; name: string }): Catalog {
  const from = keyOf(relation);
  const table = catalog.relations.get(from);
  if (!table) return catalog;
  const key = keyOf(to);
  let { indexes } = catalog;
  let before = catalog;
  for (const index of table.indexes) {
    const [old, moved] = [table.schema, to.schema].map(schema => keyOf({ schema, name: index.name })) as [Key, Key];
    before = old === moved ? before : rekeyIndex(before, old, moved);
    indexes = indexes.without(old).with(moved, key);
  }
  let relations = before.relations.without(from).with(key, { ...table, ...to });
  const swap = (old: Key): Key => (old === from ? key : old);
  const reread = (read: Read): Read => ({ ...read, relation: swap(read.relation) });
  for (const [other, existing] of relations.entries()) {
    const refers =
      existing.constraints.some(c => c.references && keyOf(c.references) === from) ||
      existing.partitionOf?.parent === from ||
      existing.inherits.includes(from) ||
      existing.ownedBy?.table === from ||
      [existing, ...existing.policies].some(({ reads }) => reads.some(read => read.relation === from)) ||
      existing.columns.some(c => c.default?.sequence === from);
    if (!refers) continue;
    relations = relations.with(other, {
      ...existing,
      constraints: existing.constraints.map(c =>
        c.references && keyOf(c.references) === from ? { ...c, references: { ...c.references, ...to } } : c,
      ),
      partitionOf: existing.partitionOf && { ...existing.partitionOf, parent: swap(existing.partitionOf.parent) },
      inherits: existing.inherits.map(swap),
      ownedBy: existing.ownedBy && { ...existing.ownedBy, table: swap(existing.ownedBy.table) },
      reads: existing.reads.map(reread),
      policies: existing.policies.map(policy => ({ ...policy, reads: policy.reads.map(reread) })),
      columns: existing.columns.map(c =>
        c.default?.sequence === from ? { ...c, default: { ...c.default, sequence: key } } : c,
      ),
    });
  }
  let { children } = catalog;
  for (const [parent, list] of children.entries())
    if (parent === from || list.includes(from)) children = children.without(parent).with(swap(parent), list.map(swap));
  return { ...catalog, relations, indexes, children };
}

/** A sequence or table that one owns moves along to another schema. */
function moveOwned(catalog: Catalog, owner: Key, schema: string): Catalog {
  let next = catalog;
  for (const table of catalog.relations.values())
    if (table.ownedBy?.table === owner) next = rekey(next, table, { schema, name: table.name });
  return next;
}

export const tables = {
  'create-table': (catalog, { table }) => create(catalog, table),
  'drop-relation': (catalog, { relation, cascade }) => {
    const next = remove(catalog, keyOf(relation), cascade);
    return next.dropped === null ? next : { ...next, dropped: next.dropped.with(keyOf(relation), true) };
  },
  'rename-relation': (catalog, { relation, to }) => rekey(catalog, relation, { schema: relation.schema, name: to }),
  'move-relation': (catalog, { relation, schema_to }) =>
    rekey(moveOwned(catalog, keyOf(relation), schema_to), relation, { schema: schema_to, name: relation.name }),
  'set-persistence': (catalog, { relation, to, sequences }) => {
    if (relation.kind === 'partitioned-table') return catalog;
    const owned = catalog.relations.values().filter(({ ownedBy }) => sequences && ownedBy?.table === keyOf(relation));
    return [relation, ...owned].reduce(
      (next, { schema, name }) => editKey(next, keyOf({ schema, name }), table => ({ ...table, persistence: to })),
      catalog,
    );
  },
  'set-tablespace': (catalog, { relation, to }) => edit(catalog, relation, table => ({ ...table, tablespace: to })),
  'set-access-method': (catalog, { relation, to }) =>
    edit(catalog, relation, table => ({ ...table, accessMethod: to })),
  'set-options': (catalog, { relation, options }) =>
    edit(catalog, relation, table => ({
      ...table,
      options: Object.fromEntries(
        Object.entries({ ...table.options, ...options }).filter(
          (entry): entry is [string, string] => entry[1] !== null,
        ),
      ),
    })),
  'set-owner': unchanged,
  'set-row-security': (catalog, { relation, enabled }) =>
    edit(catalog, relation, table => ({ ...table, rowSecurity: enabled ?? table.rowSecurity })),
  'set-replica-identity': (catalog, { relation, identifies }) =>
    editKey(catalog, keyOf(relation), ({ replicaIdentity: _, ...table }) => ({
      ...table,
      ...(identifies && { replicaIdentity: true }),
    })),
  'set-cluster-index': unchanged,
  inherit: (catalog, { relation, parent, on }) => {
    if (on)
      return addChild(
        edit(catalog, relation, table => inherited({ ...table, inherits: [...table.inherits, keyOf(parent)] })),
        keyOf(parent),
        keyOf(relation),
      );
    const next = edit(catalog, relation, table =>
      disinherited({ ...table, inherits: table.inherits.filter(key => key !== keyOf(parent)) }, catalog),
    );
    return removeChild(next, keyOf(parent), keyOf(relation));
  },
  'set-of-type': (catalog, { relation, type }) => edit(catalog, relation, table => ({ ...table, ofType: type })),
  truncate: (catalog, { relation, only, condition, caught }) => {
    if (condition !== undefined || caught) return catalog;
    const below = only ? [] : descendants(catalog, keyOf(relation)).map(keyOf);
    return [keyOf(relation), ...below].reduce(
      (next, key) => editKey(next, key, table => ({ ...table, emptied: true })),
      catalog,
    );
  },
  'lock-relation': unchanged,
} satisfies Partial<Apply>;
