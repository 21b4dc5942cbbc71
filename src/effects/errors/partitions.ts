import type { Bound, Catalog, Key, Table } from '../../model/schema.ts';
import { isCertain } from '../../catalog/uncertain.ts';
import { keyOf } from '../../model/schema.ts';
import type { ChangeOf } from '../../model/effect.ts';
import { descendants } from '../../catalog/edit.ts';
import { defaultPartition } from '../predict/partitions.ts';
import { columnNamed, present, whole } from './seen-relations.ts';
import { errorOf, type PredictedError, type ErrorTable, type ErrorContext } from './predicted-error.ts';

const HOLDS: ReadonlySet<Table['kind']> = new Set<Table['kind']>(['table', 'partitioned-table', 'foreign-table']);

/** A bound that the parent does not take (transformPartitionBound, check_new_partition_bound). */
function misbound(parent: Table, bound: Bound, catalog: Catalog): PredictedError | null {
  if (!parent.partitioning) return errorOf('42P17', `${parent.name} is not partitioned`);
  const { strategy } = parent.partitioning;
  const fallback = defaultPartition(keyOf(parent), catalog);
  if (bound.kind === 'default') {
    if (strategy === 'hash')
      return errorOf('42P16', `${parent.name} is partitioned by hash, which does not allow a default partition`);
    return fallback && present(fallback, catalog)
      ? errorOf('42P17', `${fallback.name} is already the default partition`)
      : null;
  }
  return bound.kind === strategy
    ? null
    : errorOf('42P16', `${parent.name} is partitioned by ${strategy}, not by ${bound.kind}`);
}

/** A relation that may not become a part of another. */
function unfit(child: Table): PredictedError | null {
  if (!HOLDS.has(child.kind)) return errorOf('42809', `${child.name} is a ${child.kind.replace('-', ' ')}`);
  if (child.partitionOf) return errorOf('42809', `${child.name} is already a partition`);
  if (child.ofType) return errorOf('42809', `${child.name} is a typed table`);
  return null;
}

function attach(
  { relation, partition, bound }: ChangeOf<'attach-partition'>,
  { catalog, pg }: ErrorContext,
): PredictedError | null {
  const parent = present(relation, catalog);
  const child = present(partition, catalog);
  if (!parent || !child) return null;
  const unfitting = unfit(child);
  if (unfitting) return unfitting;
  if (child.inherits.length > 0) return errorOf('42809', `${child.name} is an inheritance child`);
  if (child.kind !== 'partitioned-table' && (catalog.children.get(keyOf(child)) ?? []).length > 0)
    return errorOf('42809', `${child.name} is an inheritance parent`);
  if (keyOf(child) === keyOf(parent) || descendants(catalog, keyOf(child)).some(one => keyOf(one) === keyOf(parent)))
    return errorOf('42P07', `${child.name} would be a partition of itself`);
  const error = misbound(parent, bound, catalog);
  if (error) return error;
  if (!whole(parent, catalog) || !whole(child, catalog)) return null;
  const extra = child.columns.find(({ name }) => !columnNamed(parent, name));
  if (extra) return errorOf('42804', `${parent.name} has no column ${extra.name}`);
  const identity = pg >= 17 ? child.columns.find(column => column.identity !== null) : undefined;
  if (identity) return errorOf('55000', `${child.name} has an identity column, ${identity.name}`);
  return fitting(parent, child, catalog);
}

/** A child must have its parent's columns (MergeAttributesIntoExisting). */
function fitting(parent: Table, child: Table, catalog: Catalog): PredictedError | null {
  for (const column of parent.columns) {
    const own = columnNamed(child, column.name);
    if (!own) return errorOf('42804', `${child.name} has no column ${column.name}`);
    const other = keyOf(own.type) !== keyOf(column.type) || own.type.array !== column.type.array;
    if (other && isCertain(keyOf(own.type), catalog))
      return errorOf('42804', `${column.name} of ${child.name} has another type`);
    if (column.notNull && !own.notNull) return errorOf('42804', `${column.name} of ${child.name} is nullable`);
  }
  return null;
}

function inherit({ relation, parent, on }: ChangeOf<'inherit'>, { catalog }: ErrorContext): PredictedError | null {
  const [child, above] = [present(relation, catalog), present(parent, catalog)];
  if (!child || !above) return null;
  if (!HOLDS.has(child.kind)) return errorOf('42809', `${child.name} is a ${child.kind.replace('-', ' ')}`);
  if (child.partitionOf || child.kind === 'partitioned-table')
    return errorOf('42809', `${child.name} is a partition or partitioned and cannot inherit`);
  if (!on)
    return child.inherits.includes(keyOf(above)) || !child.complete
      ? null
      : errorOf('42P01', `${above.name} is not a parent of ${child.name}`);
  if (above.partitionOf || above.kind === 'partitioned-table')
    return errorOf('42809', `${above.name} is a partition or partitioned and cannot be inherited from`);
  if (child.inherits.includes(keyOf(above)))
    return errorOf('42P07', `${child.name} already inherits from ${above.name}`);
  if (keyOf(child) === keyOf(above) || descendants(catalog, keyOf(child)).some(one => keyOf(one) === keyOf(above)))
    return errorOf('42P07', `${above.name} would inherit from itself`);
  return whole(child, catalog) && whole(above, catalog) ? fitting(above, child, catalog) : null;
}

/** Of CREATE TABLE … PARTITION OF and INHERITS. */
export function parentErrors({ table }: ChangeOf<'create-table'>, { catalog }: ErrorContext): PredictedError | null {
  const at = (key: Key): Table | undefined => (isCertain(key, catalog) ? catalog.relations.get(key) : undefined);
  const parent = table.partitionOf ? at(table.partitionOf.parent) : undefined;
  if (parent && table.partitionOf) return misbound(parent, table.partitionOf.bound, catalog);
  for (const key of table.inherits) {
    const above = at(key);
    if (above && (above.partitionOf || above.kind === 'partitioned-table'))
      return errorOf('42809', `${above.name} is a partition or partitioned and cannot be inherited from`);
  }
  return null;
}

export const partitions: ErrorTable = {
  'attach-partition': [attach],
  'detach-partition': [
    ({ relation, partition, concurrently }, { catalog }) => {
      const [parent, child] = [present(relation, catalog), present(partition, catalog)];
      if (!parent || !child) return null;
      if (child.partitionOf?.parent !== keyOf(parent))
        return errorOf('42P01', `${child.name} is not a partition of ${parent.name}`);
      return concurrently && defaultPartition(keyOf(parent), catalog)
        ? errorOf('55000', `${parent.name} has a default partition, which prevents DETACH CONCURRENTLY`)
        : null;
    },
  ],
  inherit: [inherit],
};
