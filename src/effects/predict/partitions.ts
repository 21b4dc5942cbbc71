import { referencing, relationOf } from '../../catalog/edit.ts';
import type { IndexKeys } from '../../model/persistent-map.ts';
import { keyOf, type Bound, type Catalog, type Constraint, type Key, type Table } from '../../model/schema.ts';
import { PLANNED, same, type Relation } from '../../model/effect.ts';
import {
  build,
  exclusive,
  lock,
  may,
  reject,
  scan,
  waitForOlder,
  type Part,
  type CostTable,
  type CostContext,
} from '../cost-model.ts';
import { relationAt } from '../../catalog/resolve.ts';
import {
  ancestors,
  withInheritors,
  childrenOf,
  holdsRows,
  keyTargets,
  tableAt,
  nameOn,
  provedNotNull,
  target,
  withPartitions,
  leafRelations,
} from '../../catalog/related-tables.ts';
import { boundsOf } from './partition-bounds.ts';

/** Does a valid CHECK (with NOT NULL) imply the bound, so that the rows need not be read (PartConstraintImpliedByRelConstraint)? */
function implied(table: Table | undefined, bound: Bound): 'yes' | 'no' | 'may' {
  if (bound.kind === 'default' || bound.conjuncts.length === 0) return bound.kind === 'default' ? 'no' : 'may';
  const checks = table?.constraints.filter(c => c.type === 'check' && c.valid && c.enforced) ?? [];
  const proved = new Set(checks.flatMap(c => c.conjuncts ?? []));
  const missing = bound.conjuncts.filter(conjunct => {
    const [, column] = /^(\S+) is not null$/.exec(conjunct) ?? [];
    return !proved.has(conjunct) && !(column !== undefined && provedNotNull(table, column));
  });
  if (missing.length === 0) return 'yes';
  // A check on the same column in another form may be strong enough.
  const column = bound.conjuncts[0]?.split(' ')[0];
  return checks.some(c => column !== undefined && c.columns.includes(column)) ? 'may' : 'no';
}

/** Where rows that fit no other partition go. */
export function defaultPartition(parent: Key, catalog: Catalog): Relation | undefined {
  if (!catalog.relations.knows(parent, defaultOf)) return undefined;
  for (const child of catalog.children.get(parent) ?? []) {
    const table = catalog.relations.get(child);
    if (table?.partitionOf?.bound.kind === 'default') return relationOf(table);
  }
  return undefined;
}

/** The parent of a default partition: there may be ten thousand others to look through. */
const defaultOf: IndexKeys<Table> = ({ partitionOf }) =>
  partitionOf?.bound.kind === 'default' ? [partitionOf.parent] : [];

/** What foreign keys to the parent, or to a table above it, need for a new partition is made at their own tables, too: since 15 (measured). */
const referredParts = (parent: Relation, { catalog, pg }: CostContext): Part[] =>
  [parent, ...ancestors(parent, catalog)].flatMap(referred =>
    referencing(catalog, keyOf(referred))
      .filter(({ constraints }) =>
        constraints.some(c => !c.inheritedOnly && c.references && keyOf(c.references) === keyOf(referred)),
      )
      .flatMap(table => {
        const part = lock(relationOf(table), pg >= 15 ? 'SHARE ROW EXCLUSIVE' : 'ACCESS SHARE');
        const certain = pg >= 18 || table.kind === 'partitioned-table';
        return certain ? [part] : may([part], 'only if its entry is not cached');
      }),
  );

/** CREATE TABLE … PARTITION OF: ACCESS EXCLUSIVE on the parent and on the default partition, which is read to prove it holds no row of the new bound. */
export function partitionOf(parent: Key, at: CostContext): Part[] {
  const { catalog } = at;
  const fallback = defaultPartition(parent, catalog);
  const owner = relationAt(parent, catalog);
  return [
    exclusive(owner),
    ...keyTargets(owner, catalog)
      .flatMap(other => withPartitions(other, catalog))
      .map(other => lock(other, 'SHARE ROW EXCLUSIVE')),
    ...referredParts(owner, at),
    ...(fallback
      ? [...withInheritors(fallback, catalog).map(exclusive), ...leafRelations(fallback, catalog).map(scan)]
      : []),
  ];
}

function attach(parent: Relation, partition: Relation, bound: Bound, at: CostContext): Part[] {
  const { catalog } = at;
  const table = tableAt(partition, catalog);
  const fallback = defaultPartition(keyOf(parent), catalog);
  const rawFinding = implied(table, bound);
  const read = [...leafRelations(partition, catalog).map(scan), reject(partition, 'a row is outside the bound')];
  const owner = tableAt(parent, catalog);
  const missing = (owner?.indexes ?? []).filter(
    index =>
      !table?.indexes.some(
        own => own.valid && own.unique === index.unique && String(own.columns) === String(index.columns),
      ),
  );
  const backing = (name: string | null): Constraint['type'] | null =>
    owner?.constraints.find(constraint => constraint.name === name)?.type ?? null;
  return [
    lock(parent, 'SHARE UPDATE EXCLUSIVE'),
    ...boundsOf([parent], catalog),
    ...referredParts(parent, at),
    ...withInheritors(partition, catalog).map(exclusive),
    ...(rawFinding === 'no' ? read : rawFinding === 'may' ? may(read, 'a check may imply the bound') : []),
    ...(fallback
      ? [exclusive(fallback), ...may([scan(fallback)], 'a check on the default partition may exclude the bound')]
      : []),
    ...missing.flatMap(index =>
      leafRelations(partition, catalog).flatMap(member => [
        build(member, nameOn(member, parent, { ...index, type: backing(index.constraint) }, catalog)),
        scan(member),
      ]),
    ),
    ...(owner?.constraints ?? []).flatMap(constraint => {
      const other = target(constraint, catalog);
      const has = table?.constraints.some(
        c => c.references && constraint.references && keyOf(c.references) === keyOf(constraint.references),
      );
      if (!other) return [];
      const checked = [
        ...leafRelations(partition, catalog).map(scan),
        ...may(leafRelations(other, catalog).map(scan), PLANNED),
      ];
      // A foreign key that the partition has already becomes the parent's, and its triggers on the other table go.
      return has
        ? [exclusive(other)]
        : [...withPartitions(other, catalog).map(member => lock(member, 'SHARE ROW EXCLUSIVE')), ...checked];
    }),
  ];
}

export const partitions = {
  'attach-partition': ({ relation, partition, bound }, at) => attach(relation, partition, bound, at),
  'detach-partition': ({ relation, partition, concurrently, finalize, keepsKeys }, { catalog, pg }) => {
    if (finalize) return [lock(relation, 'SHARE UPDATE EXCLUSIVE'), exclusive(partition)];
    if (concurrently)
      return [
        lock(relation, 'SHARE UPDATE EXCLUSIVE', 'statement-end'),
        lock(partition, 'ACCESS EXCLUSIVE', 'statement-end'),
        // No row may refer to the partition (ATDetachCheckNoForeignKeyRefs).
        ...referencing(catalog, keyOf(relation)).map(table =>
          lock(relationOf(table), 'ACCESS EXCLUSIVE', 'statement-end'),
        ),
        ...keyTargets(relation, catalog)
          .filter(({ kind }) => keepsKeys || kind !== 'partitioned-table')
          .map(other => lock(other, 'SHARE ROW EXCLUSIVE', 'statement-end')),
        waitForOlder(relation),
      ];
    const fallback = defaultPartition(keyOf(relation), catalog);
    const own = new Set(withInheritors(relation, catalog).map(keyOf));
    /** A key of the partitioned table to itself, whose part the partition has. */
    const isWithin = (table: Table): boolean =>
      same(table, relation) ||
      same(table, partition) ||
      (own.has(keyOf(table)) &&
        !table.constraints.some(c => c.references && keyOf(c.references) === keyOf(relation) && !c.inheritedOnly));
    const above = ancestors(relation, catalog);
    // Foreign keys to the parent, and to its own parents.
    const keys = [relation, ...above].flatMap(parent => referencing(catalog, keyOf(parent)));
    const referring = keys.filter(table => !isWithin(table));
    // Up to 13 the partition is locked by what is dropped with its tie to the parent: triggers, foreign keys. Measured: of
    // foreign keys, where it has no partitions itself; without any, where it has.
    const triggers = tableAt(relation, catalog)?.triggers.some(({ row }) => row) === true;
    const drops =
      triggers || keys.length > referring.length || (partition.kind === 'partitioned-table') !== referring.length > 0;
    return [
      exclusive(relation),
      ...may(
        above.map(parent => lock(parent, 'ACCESS SHARE')),
        'only if the bound is not cached',
      ),
      pg >= 14 || drops ? exclusive(partition) : lock(partition, 'SHARE UPDATE EXCLUSIVE'),
      ...(fallback ? [exclusive(fallback)] : []),
      // What a foreign key to the parent has for the partition is dropped, when no row refers to it (RI_PartitionRemove_Check).
      ...referring.flatMap(table => [
        exclusive(relationOf(table)),
        reject(partition, `a row of ${table.name} references one of its rows`),
        ...may([relationOf(table)].filter(holdsRows).map(scan), PLANNED),
        ...may(leafRelations(partition, catalog).map(scan), PLANNED),
      ]),
      // Rows that stay may refer to rows that go.
      ...may(keys.length > referring.length ? leafRelations(relation, catalog).map(scan) : [], PLANNED),
      ...childrenOf(partition, catalog).map(exclusive),
      // What is the partition's part of a foreign key becomes one of its own.
      ...(tableAt(partition, catalog)?.constraints ?? []).flatMap(constraint => {
        const other = constraint.inheritedOnly ? target(constraint, catalog) : null;
        if (!other) return [];
        if (keepsKeys || other.kind !== 'partitioned-table')
          return withPartitions(other, catalog).map(member => lock(member, 'SHARE ROW EXCLUSIVE'));
        return [relation, ...above].some(parent => same(parent, other))
          ? withInheritors(other, catalog).map(member => lock(member, 'ACCESS SHARE'))
          : [];
      }),
    ];
  },
} satisfies Partial<CostTable>;
