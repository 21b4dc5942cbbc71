import type { Bound, Partitioning } from '../../model/schema.ts';
import { all, type Pg } from '../../sql/nodes.ts';
import { compare, constants, inList, isUnbounded } from './conjuncts.ts';

const STRATEGIES = {
  PARTITION_STRATEGY_RANGE: 'range',
  PARTITION_STRATEGY_LIST: 'list',
  PARTITION_STRATEGY_HASH: 'hash',
} as const;

export function partitioningOf(spec: Pg.PartitionSpec | undefined): Partitioning | null {
  if (!spec) return null;
  return {
    strategy: STRATEGIES[spec.strategy ?? 'PARTITION_STRATEGY_RANGE'],
    columns: all(spec.partParams, 'PartitionElem').map(element => element.name ?? null),
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
