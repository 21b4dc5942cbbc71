import type { ChangeOf, Relation } from '../../model/effect.ts';
import { keyOf, type Bound, type Catalog, type Partitioning } from '../../model/schema.ts';
import { all, type Pg } from '../../sql/nodes.ts';
import type { Reading } from '../reader.ts';
import { resolve } from '../../catalog/resolve.ts';
import { functionCalls } from './function-dependencies.ts';
import { compare, constants, inList, isUnbounded } from './conjuncts.ts';

const STRATEGIES = {
  PARTITION_STRATEGY_RANGE: 'range',
  PARTITION_STRATEGY_LIST: 'list',
  PARTITION_STRATEGY_HASH: 'hash',
} as const;

export function partitioningOf(spec: Pg.PartitionSpec | undefined, catalog: Catalog): Partitioning | null {
  if (!spec) return null;
  return {
    strategy: STRATEGIES[spec.strategy ?? 'PARTITION_STRATEGY_RANGE'],
    columns: all(spec.partParams, 'PartitionElem').map(element => element.name ?? null),
    ...functionCalls(spec.partParams, catalog),
  };
}

/** The bound as the conjuncts that a valid CHECK must hold to spare the scan (get_qual_for_range, get_qual_for_list). */
export function boundOf(spec: Pg.PartitionBoundSpec | undefined, partitioning: Partitioning | null): Bound {
  if (!spec || spec.is_default) return { kind: 'default', conjuncts: [] };
  const [column = null] = partitioning?.columns ?? [];
  if (spec.strategy === 'h') return { kind: 'hash', conjuncts: [] };
  if (spec.strategy === 'l') {
    const values = constants(spec.listdatums);
    if (column === null || values.some(value => value === null)) return { kind: 'list', conjuncts: [] };
    return { kind: 'list', conjuncts: [`${column} is not null`, inList(column, values as string[])] };
  }
  if (column === null || partitioning?.columns.length !== 1) return { kind: 'range', conjuncts: [] };
  const conjuncts = [`${column} is not null`];
  for (const [data, operator] of [
    [spec.lowerdatums, '>='],
    [spec.upperdatums, '<'],
  ] as const) {
    const [datum] = data ?? [];
    const [value = null] = constants(data);
    if (datum && isUnbounded(datum)) continue;
    if (value === null) return { kind: 'range', conjuncts: [] };
    conjuncts.push(compare(column, operator, value));
  }
  return { kind: 'range', conjuncts };
}

export const attachPartition = (
  cmd: Pg.PartitionCmd | undefined,
  relation: Relation,
  { catalog, pg }: Reading,
): ChangeOf<'attach-partition'> => ({
  kind: 'attach-partition',
  relation,
  partition: resolve(cmd?.name, catalog),
  bound: boundOf(cmd?.bound, catalog.relations.get(keyOf(relation))?.partitioning ?? null),
  identity: pg >= 17,
});

export const detachPartition = (
  cmd: Pg.PartitionCmd | undefined,
  relation: Relation,
  { catalog, pg }: Reading,
): ChangeOf<'detach-partition'> => ({
  kind: 'detach-partition',
  relation,
  partition: resolve(cmd?.name, catalog),
  concurrently: cmd?.concurrent ?? false,
  finalize: false,
  identity: pg >= 17,
  keepsKeys: pg >= 15,
});
