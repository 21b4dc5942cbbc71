import { dependencyError } from './dependents.ts';
import { defaultsFrom, policiesReading, referencing, relationOf } from '../../catalog/edit.ts';
import type { Relation } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key, type RelationKind } from '../../model/schema.ts';
import {
  exclusive,
  lock,
  lose,
  may,
  newFile,
  rewrite,
  scan,
  type Part,
  type CostTable,
  type CostContext,
} from '../cost-model.ts';
import { relationAt } from '../../catalog/resolve.ts';
import { defaultPartition, partitionOf } from './partitions.ts';
import { plannedLocks, readLocks, readScans, throughViews } from './rows.ts';
import {
  ancestors,
  childrenOf,
  dependentViews,
  withInheritors,
  holdsRows,
  keyTargets,
  tableAt,
  ownedSequences,
  ownTargets,
  target,
  triggered,
  withPartitions,
} from '../../catalog/related-tables.ts';
import { boundsOf } from './partition-bounds.ts';

/** Options that take ACCESS EXCLUSIVE; all others SHARE UPDATE EXCLUSIVE (reloptions.c; measured 12–18). */
const STRONG_OPTIONS = new Set(['user_catalog_table', 'security_barrier', 'check_option', 'security_invoker']);

/** What goes with a relation: its partitions, foreign keys and, on CASCADE, its views. */
export function dropRelation(
  relation: Relation,
  cascade: boolean,
  { catalog, pg }: Pick<CostContext, 'catalog' | 'pg'>,
  droppedToo: readonly Key[] = [],
): Part[] {
  const table = tableAt(relation, catalog);
  // Partitions go with their parent; inheritance children on CASCADE.
  const dropped = relation.kind === 'partitioned-table' || cascade ? withInheritors(relation, catalog) : [relation];
  // The default partition's bound changes with its siblings' (heap_drop_with_catalog, heap.c).
  const fallback = table?.partitionOf && defaultPartition(table.partitionOf.parent, catalog);
  const parent = table?.partitionOf
    ? [relationAt(table.partitionOf.parent, catalog), ...(fallback ? [fallback] : [])]
    : [];
  const sequences = dropped.flatMap(member => ownedSequences(member, catalog));
  const views = cascade ? dropped.flatMap(member => dependentViews(keyOf(member), catalog)) : [];
  const dropsRows =
    relation.kind === 'table' || relation.kind === 'partitioned-table' || relation.kind === 'foreign-table';
  const blockers = referencing(catalog, keyOf(relation)).filter(
    other => keyOf(other) !== keyOf(relation) && !droppedToo.includes(keyOf(other)),
  );
  const [blocker] = blockers;
  return [
    ...[...dropped, ...sequences].map(exclusive),
    ...parent.map(exclusive),
    // Dropping a foreign key drops its triggers on the other table too.
    ...dropped
      .flatMap(member => ownTargets(member, catalog))
      .flatMap(other => triggered(other, catalog, pg))
      .map(exclusive),
    ...(cascade ? dropped.flatMap(member => referencing(catalog, keyOf(member))) : []).map(table =>
      exclusive(relationOf(table)),
    ),
    ...views.map(exclusive),
    // CASCADE drops a foreign key to the partitioned table above, which all its partitions have a part in.
    ...(cascade ? ancestors(relation, catalog) : []).flatMap(above => {
      const referring = referencing(catalog, keyOf(above)).map(relationOf);
      return (referring.length > 0 ? [...withInheritors(above, catalog), ...referring] : []).map(exclusive);
    }),
    ...(cascade
      ? [
          ...[...dropped, ...sequences].flatMap(member => defaultsFrom(catalog, keyOf(member))),
          ...[...dropped, ...views].flatMap(member => policiesReading(catalog, keyOf(member))),
        ]
      : []
    ).map(table => exclusive(relationOf(table))),
    ...(dropsRows ? dropped.map(member => lose(member, 'table')) : []),
    ...(!cascade && blocker && dropsRows
      ? dependencyError(
          relationOf(blocker),
          relation,
          '2BP01',
          `a foreign key of ${blocker.name} depends on it`,
          catalog,
        )
      : []),
  ];
}

export const tables = {
  'create-table': ({ relation, table, like, reads, filled }, at) => [
    ...table.constraints.flatMap(constraint => {
      const other = target(constraint, at.catalog);
      if (!other || keyOf(other) === keyOf(relation)) return [];
      return withPartitions(other, at.catalog).map(member => lock(member, 'SHARE ROW EXCLUSIVE'));
    }),
    ...table.inherits.map(parent => lock(relationAt(parent, at.catalog), 'SHARE UPDATE EXCLUSIVE')),
    ...(table.partitionOf ? partitionOf(table.partitionOf.parent, at) : []),
    ...like.map(source => lock(source, 'ACCESS SHARE')),
    ...(filled ? [...plannedLocks(reads, at), ...readScans(reads, at)] : readLocks(reads, at)),
  ],
  'drop-relation': ({ relation, cascade, beside: droppedToo }, at) => dropRelation(relation, cascade, at, droppedToo),
  'rename-relation': ({ relation }) => [exclusive(relation)],
  'move-relation': ({ relation }, { catalog }) => [
    exclusive(relation),
    ...ownedSequences(relation, catalog).map(exclusive),
  ],
  'set-persistence': ({ relation, to }, { catalog, pg }) => {
    if (tableAt(relation, catalog)?.persistence === to || !holdsRows(relation)) return [exclusive(relation)];
    // Sequences follow their table since 15, which knows unlogged ones.
    const sequences = pg >= 15 ? ownedSequences(relation, catalog) : [];
    const others =
      to === 'unlogged' ? referencing(catalog, keyOf(relation)).map(relationOf) : keyTargets(relation, catalog);
    const unchanged = others.find(
      other => keyOf(other) !== keyOf(relation) && tableAt(other, catalog)?.persistence !== to,
    );
    return [
      ...[relation, ...sequences].map(exclusive),
      rewrite(relation),
      scan(relation),
      // ATPrepChangePersistence: a permanent table may not refer to one that is unlogged.
      ...(unchanged
        ? dependencyError(
            unchanged,
            relation,
            '42P16',
            `a foreign key connects it to ${unchanged.name}, which does not change`,
            catalog,
          )
        : []),
    ];
  },
  'set-tablespace': ({ relation, to }, { catalog }) => {
    const present = tableAt(relation, catalog)?.tablespace;
    return [
      exclusive(relation),
      ...(present === to || relation.kind === 'partitioned-table'
        ? []
        : present === null && to === 'pg_default'
          ? may([newFile(relation), scan(relation)], 'the database may have another default tablespace')
          : [newFile(relation), scan(relation)]),
    ];
  },
  'set-access-method': ({ relation, to }, { catalog }) => [
    exclusive(relation),
    ...((tableAt(relation, catalog)?.accessMethod ?? 'heap') === to || relation.kind === 'partitioned-table'
      ? []
      : [rewrite(relation), scan(relation)]),
  ],
  'set-options': ({ relation, options }) => [
    lock(
      relation,
      Object.keys(options).some(option => STRONG_OPTIONS.has(option)) ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE',
    ),
  ],
  'set-owner': ({ relation }, { catalog }) => [
    exclusive(relation),
    ...may(ownedSequences(relation, catalog).map(exclusive), 'only if the owner changes'),
  ],
  'set-row-security': ({ relation }) => [exclusive(relation)],
  'set-replica-identity': ({ relation }) => [exclusive(relation)],
  'set-cluster-index': ({ relation }) => [lock(relation, 'SHARE UPDATE EXCLUSIVE')],
  // Whether the parent is among the children is asked first (ATExecAddInherit).
  inherit: ({ relation, parent, on }, { catalog }) => [
    exclusive(relation),
    lock(parent, on ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS SHARE'),
    ...(on ? childrenOf(relation, catalog).map(child => lock(child, 'ACCESS SHARE')) : []),
  ],
  'set-of-type': ({ relation, type }, { catalog }) => [
    exclusive(relation),
    ...(type === null ? [] : [lock(relationAt(type, catalog, 'composite-type'), 'ACCESS SHARE')]),
  ],
  truncate: ({ relation, cascade, restart, only }, { catalog, pg }) => {
    const listed = only ? [relation] : withInheritors(relation, catalog);
    const all = cascade ? withReferencing(listed, catalog) : listed;
    return [
      ...all.map(exclusive),
      ...(restart ? all.flatMap(member => ownedSequences(member, catalog)).map(exclusive) : []),
      // Up to 13 the bound of each is worked out (InitResultRelInfo).
      ...(pg < 14 ? boundsOf(all, catalog) : []),
      ...all.flatMap(member => (member.kind === 'partitioned-table' ? [] : [newFile(member), lose(member, 'rows')])),
    ];
  },
  'lock-relation': ({ relation, mode, only }, { catalog }) => [
    ...(only ? [relation] : withInheritors(relation, catalog)).map(member => lock(member, mode)),
    ...viewed(relation, catalog).map(member => lock(member, mode)),
  ],
} satisfies Partial<CostTable>;

const LOCKED_BELOW: ReadonlySet<RelationKind> = new Set(['table', 'partitioned-table', 'view']);

/** What a view reads of views and tables, through other views, with their children (LockViewRecurse_walker). */
const viewed = (view: Relation, catalog: Catalog): Relation[] =>
  (tableAt(view, catalog)?.reads ?? [])
    .flatMap(read => throughViews(read, catalog))
    .flatMap(({ relation, only }) =>
      only ? relationAt(relation, catalog) : withInheritors(relationAt(relation, catalog), catalog),
    )
    .filter(({ kind }) => LOCKED_BELOW.has(kind));

/** Inheritance children of a table that refers keep their rows (ExecuteTruncateGuts). */
function withReferencing(relations: readonly Relation[], catalog: Catalog): Relation[] {
  const reached = new Map<string, Relation>();
  for (const todo = [...relations]; todo.length > 0;) {
    const next = todo.pop();
    if (!next || reached.has(keyOf(next))) continue;
    reached.set(keyOf(next), next);
    // A foreign key to a partitioned table refers to its partitions too (heap_truncate_find_FKs).
    for (
      let key: string | undefined = keyOf(next);
      key !== undefined;
      key = catalog.relations.get(key)?.partitionOf?.parent
    )
      todo.push(...referencing(catalog, key).map(relationOf));
  }
  return [...reached.values()];
}
