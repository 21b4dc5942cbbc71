import { leafRelations } from '../catalog/related-tables.ts';
import { isVisible, UNSEEN_PARTITIONS, type Change, type Relation } from '../model/effect.ts';
import { keyOf, type Catalog, type Table } from '../model/schema.ts';
import { may, type CostContext, type Part } from './cost-model.ts';

/**
 * Partitions are often made outside the migrations: by a function, a job, pg_partman. A partitioned table of which the
 * history shows none costs what it costs with one, and may have it (measured on 13 to 18: see
 * `__tests__/unseen-partitions.test.ts`).
 */
export function costsOfUnseenPartitions(
  change: Change,
  at: CostContext,
  costs: (change: Change, at: CostContext) => readonly Part[],
): Part[] {
  if (!('relation' in change) || change.relation.kind !== 'partitioned-table') return [];
  const { relation } = change;
  const parent = at.catalog.relations.get(keyOf(relation));
  if (!parent || !isVisible(relation) || leafRelations(relation, at.catalog).length > 0) return [];
  const partition = partitionOf(parent);
  const name = newIndex(change);
  const work = costs(change, { ...at, catalog: withPartition(at.catalog, partition) }).flatMap(part =>
    isAbout(part, partition)
      ? [{ ...part, relation, ...(part.kind === 'build-index' && name !== null && { index: name }) }]
      : [],
  );
  return may(work, UNSEEN_PARTITIONS);
}

const OF_ROWS: ReadonlySet<Part['kind']> = new Set(['rewrite', 'new-file', 'scan', 'build-index']);

const isAbout = (part: Part, partition: Table): part is Part & { readonly relation: Relation } =>
  OF_ROWS.has(part.kind) && part.relation !== null && keyOf(part.relation) === keyOf(partition);

/** What the index of the parent is called: that of a partition has a name of its own. */
function newIndex(change: Change): string | null {
  if (change.kind === 'create-index') return change.index.name;
  return change.kind === 'add-constraint' ? change.constraint.name : null;
}

/** With the columns, constraints and indexes of its parent, and a name that no statement writes. */
function partitionOf(parent: Table): Table {
  return {
    ...parent,
    name: `${parent.name} (partition)`,
    kind: 'table',
    partitioning: null,
    partitionOf: { parent: keyOf(parent), bound: { kind: 'range', conjuncts: [] } },
    columns: parent.columns.map(column => ({ ...column, inheritedOnly: true })),
    constraints: parent.constraints.map(constraint => ({ ...constraint, inheritedOnly: true })),
    indexes: parent.indexes.map(index => ({ ...index, parent: keyOf({ schema: parent.schema, name: index.name }) })),
  };
}

function withPartition(catalog: Catalog, partition: Table): Catalog {
  const parent = partition.partitionOf?.parent ?? '';
  const others = catalog.children.get(parent) ?? [];
  return {
    ...catalog,
    relations: catalog.relations.with(keyOf(partition), partition),
    children: catalog.children.with(parent, [...others, keyOf(partition)]),
  };
}
