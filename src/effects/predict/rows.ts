import { identitySequence, referencing, relationOf } from '../../catalog/edit.ts';
import { COST_TRAITS, PLANNED, type ChangeOf, type Relation } from '../../model/effect.ts';
import type { LockMode } from '../../model/lock.ts';
import { keyOf, type Catalog, type Key, type Read } from '../../model/schema.ts';
import { lock, lose, may, reject, scan, type Part, type CostTable, type CostContext } from '../cost-model.ts';
import { relationAt } from '../../catalog/resolve.ts';
import {
  withPartitions,
  ancestors,
  childrenOf,
  holdsRows,
  tableAt,
  target,
  leafRelations,
} from '../../catalog/related-tables.ts';
import { boundsOf } from './partition-bounds.ts';

const MATCHED = 'the source of the MERGE decides which rows it changes';
const PRUNED = 'the planner may skip the partition';

const possibly = (parts: readonly Part[], because: string | null): readonly Part[] =>
  because === null ? parts : may(parts, because);

const below = ({ relation, only }: Read, catalog: Catalog): Relation[] =>
  only ? [] : childrenOf(relationAt(relation, catalog), catalog);

export const readLocks = (reads: readonly Read[], { catalog }: Pick<CostContext, 'catalog'>): Part[] =>
  reads.map(read => lock(relationAt(read.relation, catalog), 'ACCESS SHARE'));

/** A relation and, when it is a view, what its query reads: the rewriter puts that in the view's place. */
export function throughViews(read: Read, catalog: Catalog, visited: readonly Key[] = []): Read[] {
  const relation = relationAt(read.relation, catalog);
  if (relation.kind !== 'view' || visited.includes(read.relation)) return [read];
  const inside = tableAt(relation, catalog)?.reads ?? [];
  return [read, ...inside.flatMap(other => throughViews(other, catalog, [...visited, read.relation]))];
}

/** A query that is analyzed and rewritten locks what its views read, too. */
export const rewrittenLocks = (reads: readonly Read[], { catalog }: Pick<CostContext, 'catalog'>): Part[] =>
  reads
    .flatMap(read => throughViews(read, catalog))
    .map(read => lock(relationAt(read.relation, catalog), 'ACCESS SHARE'));

/** A query that is planned locks the partitions and inheritance children of what it reads, too. */
export const plannedLocks = (
  reads: readonly Read[],
  { catalog }: Pick<CostContext, 'catalog'>,
  mode: LockMode = 'ACCESS SHARE',
): Part[] =>
  reads
    .flatMap(read => throughViews(read, catalog))
    .flatMap(read => [
      lock(relationAt(read.relation, catalog), mode),
      ...may(
        below(read, catalog).map(child => lock(child, mode)),
        PRUNED,
      ),
      ...boundsOf([relationAt(read.relation, catalog)], catalog),
    ]);

/** A query's plan, which the text does not show, reads all of a table or goes through an index. */
export const readScans = (reads: readonly Read[], { catalog }: Pick<CostContext, 'catalog'>): Part[] =>
  may(
    reads
      .flatMap(read => throughViews(read, catalog))
      .flatMap(read => [relationAt(read.relation, catalog), ...below(read, catalog)])
      .filter(holdsRows)
      .map(scan),
    PLANNED,
  );

/**
 * CASCADE and SET … change the rows that refer to a row that is deleted, or whose key is updated; the other actions look for
 * them (ri_triggers.c).
 */
function reactions(relation: Relation, verb: 'update' | 'delete', columns: readonly string[], at: CostContext): Part[] {
  const key = keyOf(relation);
  return referencing(at.catalog, key).flatMap(child =>
    child.constraints.flatMap(({ references }) => {
      if (!references || keyOf(references) !== key || keyOf(child) === key) return [];
      if (verb === 'update' && !references.columns.some(name => columns.includes(name))) return [];
      const action = verb === 'delete' ? references.onDelete : references.onUpdate;
      const mode = action === 'no action' || action === 'restrict' ? 'ROW SHARE' : 'ROW EXCLUSIVE';
      const rejections = mode === 'ROW SHARE' ? [reject(relation, `a row of ${child.name} references it`)] : [];
      return [lock(relationOf(child), mode), ...leafRelations(relationOf(child), at.catalog).map(scan), ...rejections];
    }),
  );
}

/** The sequences that number its rows: where it is updated, in the columns that change. */
function numbersFor(relation: Relation, changed: readonly string[] | null, catalog: Catalog): Relation[] {
  const columns = tableAt(relation, catalog)?.columns.filter(({ name }) => changed?.includes(name) ?? true) ?? [];
  return columns.flatMap(({ name, default: value, identity }) => {
    const own = identity === null ? undefined : identitySequence(catalog, keyOf(relation), name);
    const key = own ? keyOf(own) : value?.sequence;
    return key === undefined ? [] : relationAt(key, catalog, 'sequence');
  });
}

/** A view that can be updated stands for what it reads: its rows are changed there. */
function throughView(change: ChangeOf<'change-rows'>, at: CostContext): Part[] {
  const inside = (tableAt(change.relation, at.catalog)?.reads ?? []).flatMap(read => throughViews(read, at.catalog));
  const changed = (read: Read): Part[] => {
    const relation = relationAt(read.relation, at.catalog);
    return relation.kind === 'view'
      ? [lock(relation, 'ROW EXCLUSIVE')]
      : changeRows({ ...change, relation, reads: [], ...(read.only && { only: true }) }, at).filter(
          ({ kind }) => COST_TRAITS[kind].measurable || kind === 'reject',
        );
  };
  return may([...plannedLocks(inside, at), ...inside.flatMap(changed)], 'only if the view is updatable');
}

const partitionsOf = (relation: Relation, catalog: Catalog): Relation[] =>
  relation.kind === 'partitioned-table' ? childrenOf(relation, catalog) : [];

function changeRows(change: ChangeOf<'change-rows'>, at: CostContext): Part[] {
  const { relation, verb, bounded, columns, reads, only, every } = change;
  const { catalog } = at;
  const constraints = tableAt(relation, catalog)?.constraints ?? [];
  const adds = verb === 'insert' || verb === 'copy' || verb === 'merge';
  const checked = adds || verb === 'update';
  const parents = checked ? constraints.flatMap(constraint => target(constraint, catalog) ?? []) : [];
  const whole = verb === 'update' || verb === 'delete';
  return [
    lock(relation, 'ROW EXCLUSIVE'),
    ...throughView(change, at),
    ...boundsOf([relation], catalog),
    ...plannedLocks(reads, at),
    ...readScans(reads, at),
    // The planner leaves out partitions that the condition rules out; it locks the others and inheritance children.
    ...(verb === 'update' || verb === 'delete'
      ? possibly(
          (only ? [] : childrenOf(relation, catalog)).map(child => lock(child, 'ROW EXCLUSIVE')),
          bounded && relation.kind === 'partitioned-table' ? PRUNED : null,
        )
      : []),
    ...(verb === 'merge'
      ? may(
          [
            ...leafRelations(relation, catalog).map(scan),
            ...childrenOf(relation, catalog).map(child => lock(child, 'ROW EXCLUSIVE')),
          ],
          PLANNED,
        )
      : []),
    // Of an UPDATE: rows whose key changes, and those that the same transaction wrote (RI_FKey_fk_upd_check_required).
    ...may(
      parents.flatMap(parent => withPartitions(parent, catalog)).map(parent => lock(parent, 'ROW SHARE')),
      'only rows with a value in the foreign key are checked',
    ),
    // Looked up by key; the planner may read a small table whole.
    ...may(parents.flatMap(parent => leafRelations(parent, catalog)).map(scan), PLANNED),
    ...(verb === 'update' || verb === 'delete'
      ? may(
          [relation, ...ancestors(relation, catalog), ...partitionsOf(relation, catalog)].flatMap(changed =>
            reactions(changed, verb, columns, at),
          ),
          `only if a referenced row is ${verb}d`,
        )
      : []),
    ...(verb !== 'delete'
      ? may(
          numbersFor(relation, verb === 'update' ? columns : null, catalog).map(sequence =>
            lock(sequence, 'ROW EXCLUSIVE'),
          ),
          'only a row that uses the default draws a number',
        )
      : []),
    ...(verb === 'insert' || verb === 'copy'
      ? may(
          partitionsOf(relation, catalog).map(partition => lock(partition, 'ROW EXCLUSIVE')),
          'the partition that takes a row depends on its values',
        )
      : []),
    ...(whole
      ? (only ? [relation].filter(holdsRows) : leafRelations(relation, catalog)).flatMap(member =>
          bounded ? may([scan(member)], PLANNED) : [scan(member)],
        )
      : []),
    { kind: 'touch-rows', relation, verb, all: !bounded },
    ...(verb === 'delete' && !bounded ? [lose(relation, 'rows')] : []),
    ...(every?.includes('delete') ? may([lose(relation, 'rows')], MATCHED) : []),
  ];
}

export const rows = {
  'change-rows': (change, at) => {
    const parts = changeRows(change, at);
    const rules = tableAt(change.relation, at.catalog)?.rules ?? [];
    if (rules.length === 0 || change.verb === 'copy') return parts;
    return [lock(change.relation, 'ROW EXCLUSIVE'), ...may(parts, 'a rule of the table may replace it')];
  },
  'write-catalog': () => [],
  'read-rows': ({ reads, locking }, at) => [
    ...plannedLocks(reads, at, locking ? 'ROW SHARE' : 'ACCESS SHARE'),
    ...readScans(reads, at),
  ],
} satisfies Partial<CostTable>;
