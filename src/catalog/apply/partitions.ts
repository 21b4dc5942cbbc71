import type { Relation } from '../../model/effect.ts';
import { chooseName } from '../../model/object-names.ts';
import { keyOf, type Catalog, type Constraint, type Key, type Table } from '../../model/schema.ts';
import type { Apply } from '../apply-table.ts';
import { addChild, descendants, edit, editKey, removeChild } from '../edit.ts';
import { attached, detached, withoutIdentity } from '../inheritance.ts';
import { inheritForeignKeys } from '../partition-foreign-keys.ts';
import { inheritIndexes } from '../partition-indexes.ts';

/** What a partition has from its parent; its own partitions have it from there. */
export function inheritFrom(catalog: Catalog, parent: Key, child: Key): Catalog {
  let next = inheritForeignKeys(inheritIndexes(catalog, parent, child), parent, child);
  for (const below of descendants(catalog, child)) next = inheritForeignKeys(next, parent, keyOf(below));
  return next;
}

/** DETACH CONCURRENTLY leaves the bound as a check (DetachAddConstraintIfNeeded, 14). */
function bounded(table: Table, parent: Relation, catalog: Catalog, part: Table['partitionOf']): Table {
  const partitioning = catalog.relations.get(keyOf(parent))?.partitioning;
  const columns = partitioning?.columns.flatMap(column => column ?? []) ?? [];
  if (!part || part.bound.kind === 'default' || partitioning?.strategy === 'hash') return table;
  const { conjuncts } = part.bound;
  const proved = new Set(table.constraints.flatMap(check => (check.valid ? (check.conjuncts ?? []) : [])));
  if (conjuncts.length > 0 && conjuncts.every(conjunct => proved.has(conjunct))) return table;
  const name = chooseName(table.name, columns.length === 1 ? columns : [], 'check', candidate =>
    table.constraints.some(existing => existing.name === candidate),
  );
  const check: Constraint = {
    name,
    type: 'check',
    columns,
    valid: true,
    enforced: true,
    deferrable: false,
    noInherit: false,
    usingIndex: null,
    references: null,
    provesNotNull: columns,
    conjuncts,
    named: false,
  };
  return { ...table, constraints: [...table.constraints, check] };
}

/** Without its parts of foreign keys to partitioned tables. */
const withoutKeys = (table: Table, { relations }: Catalog): Table => ({
  ...table,
  constraints: table.constraints.filter(
    ({ references, inheritedOnly }) => !inheritedOnly || !references || !relations.get(keyOf(references))?.partitioning,
  ),
});

export const partitions = {
  'attach-partition': (catalog, { relation, partition, bound, identity }) => {
    const [parent, child] = [keyOf(relation), keyOf(partition)];
    const model = catalog.relations.get(parent);
    const next = edit(catalog, partition, table => ({
      ...attached(table, model, identity),
      partitionOf: { parent, bound },
    }));
    return inheritFrom(addChild(next, parent, child), parent, child);
  },
  'detach-partition': (catalog, { relation, partition, concurrently, identity, keepsKeys }) => {
    const key = keyOf(partition);
    const lessen = (table: Table): Table => {
      const keyed = keepsKeys ? table : withoutKeys(table, catalog);
      return identity ? withoutIdentity(keyed) : keyed;
    };
    const below = descendants(catalog, key).reduce((current, table) => editKey(current, keyOf(table), lessen), catalog);
    const next = editKey(below, key, table => {
      const standalone = detached(lessen(table));
      return concurrently ? bounded(standalone, relation, catalog, table.partitionOf) : standalone;
    });
    return removeChild(next, keyOf(relation), key);
  },
} satisfies Partial<Apply>;
