import { keyOf, type Catalog, type Index } from '../../model/schema.ts';
import type { ChangeOf, Relation } from '../../model/effect.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { descendants, edit, editKey } from '../edit.ts';
import { spreadIndex } from '../partition-indexes.ts';
import { rekeyIndex, removeIndex } from '../remove-index.ts';
import { dropIndexDependents } from './dependents.ts';

function addIndex(catalog: Catalog, relation: Relation, index: Index): Catalog {
  const next = edit(catalog, relation, table => ({
    ...table,
    indexes: [...table.indexes.filter(existing => existing.name !== index.name), index],
  }));
  return { ...next, indexes: next.indexes.with(keyOf({ schema: relation.schema, name: index.name }), keyOf(relation)) };
}

/** The parent's index is valid once every partition has a part of it (validatePartitionedIndex, tablecmds.c). */
function attach(catalog: Catalog, { relation, index, child }: ChangeOf<'attach-index'>): Catalog {
  const parent = keyOf({ schema: relation.schema, name: index });
  const owner = descendants(catalog, keyOf(relation)).find(table => table.indexes.some(({ name }) => name === child));
  if (!owner) return catalog;
  const next = editKey(catalog, keyOf(owner), table => ({
    ...table,
    indexes: table.indexes.map(existing => (existing.name === child ? { ...existing, parent } : existing)),
  }));
  const whole = (next.children.get(keyOf(relation)) ?? []).every(partition =>
    next.relations.get(partition)?.indexes.some(existing => existing.parent === parent),
  );
  return editKey(next, keyOf(relation), table => ({
    ...table,
    indexes: table.indexes.map(existing =>
      existing.name === index && whole ? { ...existing, valid: true } : existing,
    ),
  }));
}

export const indexes = {
  'create-index': (catalog, { relation, index, only, exists }) => {
    if (exists) return catalog;
    const next = addIndex(catalog, relation, index);
    return relation.kind === 'partitioned-table' && !only ? spreadIndex(next, keyOf(relation), index) : next;
  },
  'drop-index': (catalog, { relation, index, cascade }) => {
    if (relation.kind === 'index') return catalog;
    const next = cascade ? dropIndexDependents(catalog, keyOf(relation), index) : catalog;
    return removeIndex(next, keyOf({ schema: relation.schema, name: index }));
  },
  'rename-index': (catalog, { relation, index, to }) => {
    if (relation.kind === 'index') return catalog;
    const [from, key] = [index, to].map(name => keyOf({ schema: relation.schema, name })) as [string, string];
    const next = edit(rekeyIndex(catalog, from, key), relation, table => ({
      ...table,
      indexes: table.indexes.map(existing =>
        existing.name === index
          ? { ...existing, name: to, constraint: existing.constraint === null ? null : to }
          : existing,
      ),
      constraints: table.constraints.map(existing => (existing.name === index ? { ...existing, name: to } : existing)),
    }));
    return { ...next, indexes: next.indexes.without(from).with(key, keyOf(relation)) };
  },
  'set-index-options': unchanged,
  'attach-index': attach,
  reindex: unchanged,
  'reindex-many': unchanged,
} satisfies Partial<Apply>;
