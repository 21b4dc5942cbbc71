import { keyOf, type Catalog, type Index } from '../../model/schema.ts';
import type { Relation } from '../../model/effect.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { descendants, edit } from '../edit.ts';
import { inheritIndex } from '../partition-indexes.ts';

function addIndex(catalog: Catalog, relation: Relation, index: Index): Catalog {
  const next = edit(catalog, relation, table => ({
    ...table,
    indexes: [...table.indexes.filter(known => known.name !== index.name), index],
  }));
  return { ...next, indexes: next.indexes.with(keyOf({ schema: relation.schema, name: index.name }), keyOf(relation)) };
}

export const indexes: Pick<
  Apply,
  'create-index' | 'drop-index' | 'rename-index' | 'set-index-options' | 'attach-index' | 'reindex' | 'reindex-many'
> = {
  'create-index': (catalog, { relation, index, only, exists }) => {
    if (exists) return catalog;
    let next = addIndex(catalog, relation, index);
    if (relation.kind === 'partitioned-table' && !only)
      for (const child of descendants(catalog, keyOf(relation)))
        next = inheritIndex(next, next.relations.get(keyOf(relation)), index, keyOf(child));
    return next;
  },
  'drop-index': (catalog, { relation, index }) => {
    if (relation.kind === 'index') return catalog;
    const next = edit(catalog, relation, table => ({
      ...table,
      indexes: table.indexes.filter(known => known.name !== index),
    }));
    return { ...next, indexes: next.indexes.without(keyOf({ schema: relation.schema, name: index })) };
  },
  'rename-index': (catalog, { relation, index, to }) => {
    if (relation.kind === 'index') return catalog;
    const next = edit(catalog, relation, table => ({
      ...table,
      indexes: table.indexes.map(known =>
        known.name === index ? { ...known, name: to, constraint: known.constraint === null ? null : to } : known,
      ),
      constraints: table.constraints.map(known => (known.name === index ? { ...known, name: to } : known)),
    }));
    const names = next.indexes.without(keyOf({ schema: relation.schema, name: index }));
    return { ...next, indexes: names.with(keyOf({ schema: relation.schema, name: to }), keyOf(relation)) };
  },
  'set-index-options': unchanged,
  'attach-index': unchanged,
  reindex: unchanged,
  'reindex-many': unchanged,
};
