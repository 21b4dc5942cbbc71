import { bare } from '../../model/bare.ts';
import type { ChangeOf } from '../../model/effect.ts';
import { isCertain } from '../../catalog/uncertain.ts';
import { keyOf, type Index, type RelationKind, type Table } from '../../model/schema.ts';
import { tablesWithDependents } from '../../catalog/index-dependents.ts';
import { hasClass } from '../coercion.ts';
import { withoutPartitionKey } from './keys.ts';
import { columnNamed, lacking, present, isTaken, whole } from './seen-relations.ts';
import { constraintBelow } from './part-indexes.ts';
import { errorOf, type PredictedError, type ErrorTable, type ErrorContext } from './predicted-error.ts';

const INDEXED: ReadonlySet<RelationKind> = new Set<RelationKind>(['table', 'partitioned-table', 'materialized-view']);

/** What the access methods of Postgres can do (IndexAmRoutine). */
interface Ability {
  readonly unique?: true;
  readonly include?: true;
  readonly many?: true;
  readonly ordered?: true;
  readonly clusters?: true;
}
const ABILITIES: Readonly<Record<string, Ability>> = bare({
  btree: { unique: true, include: true, many: true, ordered: true, clusters: true },
  gist: { include: true, many: true, clusters: true },
  gin: { many: true },
  brin: { many: true },
  hash: {},
  spgist: { include: true },
});

/** An extension may give these a default operator class for more types (btree_gin, btree_gist, pg_trgm). */
const EXTENDED: ReadonlySet<string> = new Set(['gin', 'gist', 'spgist']);

function unable({ index, relation }: ChangeOf<'create-index'>, { catalog }: ErrorContext): PredictedError | null {
  const can = ABILITIES[index.method];
  if (!can || !present(relation, catalog)) return null;
  if (index.unique && !can.unique) return errorOf('0A000', `${index.method} does not support unique indexes`);
  if (index.columns.length > 1 && !can.many)
    return errorOf('0A000', `${index.method} does not support multicolumn indexes`);
  return index.elements?.some(({ descending }) => descending) && !can.ordered
    ? errorOf('0A000', `${index.method} does not support sorting`)
    : null;
}

function classless({ index, relation }: ChangeOf<'create-index'>, { catalog }: ErrorContext): PredictedError | null {
  const table = present(relation, catalog);
  if (!table || !(index.method in ABILITIES) || !index.elements) return null;
  for (const [nth, name] of index.columns.entries()) {
    const column = name === null || index.elements[nth]?.operatorClass !== null ? undefined : columnNamed(table, name);
    if (!column || hasClass(index.method, column.type, catalog) !== false) continue;
    const message = `the type ${column.type.name} of ${column.name} has no default operator class for ${index.method}`;
    return EXTENDED.has(index.method)
      ? { sqlstate: '42704', message, because: 'an extension may provide one' }
      : errorOf('42704', message);
  }
  return null;
}

const indexNamed = (table: Table | undefined, name: string | null): Index | undefined =>
  table?.indexes.find(index => index.name === name);

/** An index that a setting of the table names. */
function missing(table: Table | undefined, name: string | null): PredictedError | null {
  return table?.complete && name !== null && !indexNamed(table, name)
    ? errorOf('42704', `${table.name} has no index ${name}`)
    : null;
}

function identifies(
  { relation, index: name }: ChangeOf<'set-replica-identity'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  const table = present(relation, catalog);
  const index = indexNamed(table, name);
  if (!table || !index) return missing(whole(relation, catalog), name);
  if (!index.unique) return errorOf('42809', `${index.name} is not a unique index`);
  if (index.partial || index.columns.includes(null))
    return errorOf('42809', `${index.name} is not on plain columns of all rows`);
  const nullable = index.columns.find(column => column !== null && columnNamed(table, column)?.notNull === false);
  if (nullable) return errorOf('42809', `${nullable} in ${index.name} is nullable`);
  return table.constraints.some(({ name: constraint, deferrable }) => constraint === index.constraint && deferrable)
    ? errorOf('42809', `${index.name} belongs to a deferrable constraint`)
    : null;
}

function clusters(
  { relation, index: name }: ChangeOf<'set-cluster-index'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  const table = present(relation, catalog);
  if (table?.kind === 'partitioned-table')
    return errorOf('0A000', `${table.name} is partitioned and cannot be clustered`);
  const index = indexNamed(table, name);
  if (!index) return missing(whole(relation, catalog), name);
  if (index.partial) return errorOf('0A000', `${index.name} is partial: a table cannot be clustered on it`);
  return ABILITIES[index.method]?.clusters === undefined && index.method in ABILITIES
    ? errorOf('0A000', `${index.method} does not sort: a table cannot be clustered on ${index.name}`)
    : null;
}

/** An index that belongs to something else goes with that alone, and a foreign key holds on to a unique one. */
function belongs(
  { relation, index: name, cascade }: ChangeOf<'drop-index'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  const table = present(relation, catalog);
  const index = indexNamed(table, name);
  if (!table || !index) return null;
  if (index.parent !== undefined) return errorOf('2BP01', `${name} is a partition of the index ${index.parent}`);
  if (index.constraint !== null) return errorOf('2BP01', `${name} belongs to the constraint ${index.constraint}`);
  if (cascade) return null;
  const other = tablesWithDependents(catalog, keyOf(table), name).find(one => isCertain(keyOf(one), catalog));
  if (other) return errorOf('2BP01', `a foreign key of ${other.name} depends on it`);
  return constraintBelow(catalog, table, index);
}

export const indexes: ErrorTable = {
  'create-index': [
    ({ relation, index, exists, lenient }, { catalog }) =>
      !exists && !lenient && isTaken({ schema: relation.schema, name: index.name }, catalog)
        ? errorOf('42P07', `a relation ${index.name} already exists`)
        : null,
    ({ relation }, { catalog }) =>
      present(relation, catalog) && !INDEXED.has(relation.kind)
        ? errorOf('42809', `${relation.name} is a ${relation.kind.replace('-', ' ')}, which cannot have indexes`)
        : null,
    ({ relation, index, exists }, { catalog }) => {
      const missing = exists ? undefined : lacking(whole(relation, catalog), [...index.columns, ...index.reads]);
      return missing === undefined ? null : errorOf('42703', `${relation.name} has no column ${missing}`);
    },
    ({ relation, mutable, exists }, { catalog }) =>
      mutable && !exists && present(relation, catalog)
        ? errorOf('42P17', 'functions in an index must be immutable')
        : null,
    (change, at) => (change.exists ? null : (unable(change, at) ?? classless(change, at))),
    ({ relation, index, exists }, at) =>
      index.unique && !exists && relation.kind === 'partitioned-table'
        ? withoutPartitionKey(relation, index.columns, at)
        : null,
  ],
  'drop-index': [belongs],
  'set-replica-identity': [identifies],
  'set-cluster-index': [clusters],
};
