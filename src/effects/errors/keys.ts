import type { ChangeOf, Relation } from '../../model/effect.ts';
import type { Constraint, Index, Table } from '../../model/schema.ts';
import { withInheritors } from '../../catalog/related-tables.ts';
import { columnNamed, lacking, present, isTaken, whole } from './seen-relations.ts';
import { errorOf, type PredictedError, type ErrorContext } from './predicted-error.ts';

/** Constraints that an index stands behind. */
const KEYS: ReadonlySet<Constraint['type']> = new Set<Constraint['type']>(['primary-key', 'unique', 'exclude']);
export const isKey = ({ type }: Constraint): boolean => KEYS.has(type);

/** The partition key of the relation, or of a partition below it, that a unique index does not hold. */
export function withoutPartitionKey(
  relation: Relation,
  columns: readonly (string | null)[],
  { catalog }: ErrorContext,
): PredictedError | null {
  for (const member of withInheritors(relation, catalog)) {
    const key = present(member, catalog)?.partitioning?.columns;
    const missing = key?.find(column => column === null || !columns.includes(column));
    if (missing !== undefined)
      return errorOf(
        '0A000',
        `a unique index of ${member.name} must contain its partition key ${missing ?? 'expression'}`,
      );
  }
  return null;
}

/** USING INDEX (transformIndexConstraint, parse_utilcmd.c). */
function adopted(
  { relation, constraint: { usingIndex } }: ChangeOf<'add-constraint'>,
  table: Table,
): PredictedError | null {
  const index: Index | undefined = table.indexes.find(({ name }) => name === usingIndex);
  if (relation.kind === 'partitioned-table')
    return errorOf('0A000', `${relation.name} is partitioned and cannot adopt an index`);
  if (!index) return table.complete ? errorOf('42704', `${relation.name} has no index ${usingIndex ?? ''}`) : null;
  if (index.constraint !== null) return errorOf('55000', `${index.name} already belongs to a constraint`);
  if (!index.valid) return errorOf('55000', `${index.name} is not valid`);
  if (!index.unique) return errorOf('42809', `${index.name} is not a unique index`);
  return index.partial || index.columns.includes(null)
    ? errorOf('42809', `${index.name} is not on plain columns of all rows`)
    : null;
}

/** What the server refuses of a key on a table that is there. */
export function key(change: ChangeOf<'add-constraint'>, at: ErrorContext): PredictedError | null {
  const { relation, constraint } = change;
  const { catalog, pg } = at;
  if (!isKey(constraint)) return null;
  const table = present(relation, catalog);
  if (!table) return null;
  if (constraint.type === 'primary-key' && table.constraints.some(({ type }) => type === 'primary-key'))
    return errorOf('42P16', `${relation.name} already has a primary key`);
  if (constraint.usingIndex !== null) return adopted(change, table);
  const missing = lacking(whole(relation, catalog), constraint.columns);
  if (missing !== undefined) return errorOf('42703', `${relation.name} has no column ${missing}`);
  if (constraint.named && isTaken({ schema: relation.schema, name: constraint.name }, catalog))
    return errorOf('42P07', `a relation ${constraint.name} already exists`);
  if (constraint.type === 'exclude') return null;
  const virtual = constraint.columns.find(name => columnNamed(table, name)?.generated === 'virtual');
  if (virtual !== undefined && pg >= 18) return errorOf('0A000', `${virtual} is a virtual generated column`);
  return withoutPartitionKey(relation, constraint.columns, at);
}

/** The same for a table that is being made. */
export function keysOf({ table, relation }: ChangeOf<'create-table'>, at: ErrorContext): PredictedError | null {
  const keys = table.constraints.filter(isKey);
  if (keys.filter(({ type }) => type === 'primary-key').length > 1)
    return errorOf('42P16', `${relation.name} would have several primary keys`);
  const partitionKey = table.partitioning?.columns;
  for (const { type, columns, name, named } of keys) {
    const missing = partitionKey?.find(column => column === null || !columns.includes(column));
    if (type !== 'exclude' && missing !== undefined)
      return errorOf('0A000', `${name} must contain the partition key ${missing ?? 'expression'}`);
    if (named && isTaken({ schema: relation.schema, name }, at.catalog))
      return errorOf('42P07', `a relation ${name} already exists`);
  }
  const lacks = table.complete
    ? lacking(
        table,
        keys.flatMap(({ columns }) => columns),
      )
    : undefined;
  return lacks === undefined ? null : errorOf('42703', `${relation.name} has no column ${lacks}`);
}
