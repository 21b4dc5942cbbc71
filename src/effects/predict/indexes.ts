import type { Relation } from '../../model/effect.ts';
import { keyOf, type Catalog, type Index, type Key } from '../../model/schema.ts';
import { relationOf } from '../../catalog/edit.ts';
import { tablesWithDependents } from '../../catalog/index-dependents.ts';
import {
  build,
  exclusive,
  fail,
  lock,
  may,
  scan,
  waitForOlder,
  reject,
  type Part,
  type CostTable,
  type CostContext,
} from '../cost-model.ts';
import {
  childrenOf,
  withInheritors,
  tableAt,
  nameOn,
  partitionRows,
  withPartitions,
} from '../../catalog/related-tables.ts';

const SUE = 'SHARE UPDATE EXCLUSIVE';

export const indexes: Pick<
  CostTable,
  'create-index' | 'drop-index' | 'rename-index' | 'set-index-options' | 'attach-index' | 'reindex' | 'reindex-many'
> = {
  'create-index': ({ relation, index, concurrently, only, exists }, { catalog }) => {
    if (concurrently) {
      if (relation.kind === 'partitioned-table')
        return [fail(relation, '0A000', 'cannot create an index on a partitioned table concurrently')];
      const online: Part[] = [lock(relation, SUE, 'statement-end')];
      return exists ? online : [...online, scan(relation), build(relation, index.name), waitForOlder(relation)];
    }
    const tables = only ? [relation] : withPartitions(relation, catalog);
    // Partitions are locked before the name is looked for (ProcessUtilitySlow).
    if (exists) return tables.map(member => lock(member, 'SHARE'));
    const built =
      only && relation.kind === 'partitioned-table'
        ? []
        : partitionRows(relation, catalog).filter(member => !hasAlike(member));
    return [
      ...tables.map(member => lock(member, 'SHARE')),
      ...built.flatMap(member => [
        scan(member),
        build(member, nameOn(member, relation, { ...index, type: null }, catalog)),
      ]),
      ...(index.unique ? [reject(relation, 'two rows have the same key')] : []),
    ];
    /** A partition lends a matching valid index that no index of the parent has taken: no build. */
    function hasAlike(member: Relation): boolean {
      return keyOf(member) !== keyOf(relation) && alikeOn(member) > alikeOn(relation);
    }
    function alikeOn(member: Relation): number {
      const alike = tableAt(member, catalog)?.indexes.filter(
        other =>
          other.valid &&
          other.method === index.method &&
          other.unique === index.unique &&
          !other.partial &&
          !index.partial &&
          other.reads.length === 0 &&
          index.reads.length === 0 &&
          String(other.columns) === String(index.columns),
      );
      return alike?.length ?? 0;
    }
  },
  'drop-index': ({ relation, index, concurrently, cascade }, { catalog }) => {
    if (concurrently) return [lock(relation, SUE, 'statement-end'), waitForOlder(relation)];
    const keys = cascade ? tablesWithDependents(catalog, keyOf(relation), index) : [];
    return [...withPartitions(relation, catalog), ...keys.map(relationOf)].map(exclusive);
  },
  'rename-index': () => [],
  'set-index-options': () => [],
  'attach-index': ({ relation, child }, { catalog }) => {
    const partition = childrenOf(relation, catalog).find(member =>
      tableAt(member, catalog)?.indexes.some(({ name }) => name === child),
    );
    return [relation, ...(partition ? [partition] : [])].map(table => lock(table, 'ACCESS SHARE'));
  },
  reindex: ({ relation, index, concurrently }, at) => reindex(relation, index, concurrently, at),
  'reindex-many': ({ schema, concurrently }, at) =>
    at.catalog.relations
      .values()
      .filter(table => TABLES.has(table.kind) && (schema === null || table.schema === schema))
      .flatMap(table => reindex(relationOf(table), null, concurrently, at)),
};

const TABLES: ReadonlySet<Relation['kind']> = new Set(['table', 'materialized-view']);

const UNSEEN = 'its indexes are not in the migrations';

function reindex(
  relation: Relation,
  index: string | null,
  concurrently: boolean,
  { catalog, pg }: CostContext,
): Part[] {
  if (relation.kind === 'index')
    return concurrently ? [waitForOlder(relation)] : [exclusive(relation), build(relation, index ?? '', true)];
  // Up to 13 a partitioned table is left out with a warning.
  if (relation.kind === 'partitioned-table' && pg < 14) return [lock(relation, concurrently ? SUE : 'SHARE')];
  const tables = partitionRows(relation, catalog);
  const indexed = tables.filter(member => {
    const owner = tableAt(member, catalog);
    return !owner?.complete || owner.indexes.length > 0;
  });
  const work = [
    ...indexed.map(scan),
    ...indexed.flatMap(member => {
      const names = index === null ? (tableAt(member, catalog)?.indexes.map(i => i.name) ?? []) : [ownName(member)];
      return names.length > 0 ? names.map(name => build(member, name, true)) : may([build(member, '', true)], UNSEEN);
    }),
  ];
  // A partitioned parent is locked while its partitions are listed (ReindexPartitions, indexcmds.c).
  return concurrently
    ? [
        ...[relation, ...tables].map(member => lock(member, SUE, 'statement-end')),
        ...may(
          (relation.kind === 'partitioned-table' ? withInheritors(relation, catalog) : []).map(member =>
            lock(member, 'SHARE', 'statement-end'),
          ),
          'only briefly, while the partitions are listed',
        ),
        ...work,
        waitForOlder(relation),
      ]
    : [...withPartitions(relation, catalog).map(member => lock(member, 'SHARE')), ...work];
  /** Of the index itself, or of the partition's that belongs to it. */
  function ownName(member: Relation): string {
    const whole = keyOf({ schema: relation.schema, name: index ?? '' });
    const belongs = (key: Key | undefined): boolean =>
      key !== undefined && (key === whole || belongs(indexAt(key, catalog)?.parent));
    const part = tableAt(member, catalog)?.indexes.find(({ parent }) => belongs(parent));
    return (keyOf(member) === keyOf(relation) ? index : part?.name) ?? '';
  }
}

const indexAt = (key: Key, catalog: Catalog): Index | undefined =>
  catalog.relations.get(catalog.indexes.get(key) ?? '')?.indexes.find(({ name }) => key.endsWith(`.${name}`));
