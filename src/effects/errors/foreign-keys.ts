import type { ChangeOf } from '../../model/effect.ts';
import { keyOf, type Catalog, type Constraint, type Table } from '../../model/schema.ts';
import { refers } from '../coercion.ts';
import { columnNamed, lacking, present, whole } from './seen-relations.ts';
import { errorOf, type PredictedError, type ErrorContext } from './predicted-error.ts';

const HOLDS: ReadonlySet<Table['kind']> = new Set<Table['kind']>(['table', 'partitioned-table']);

/** A table's own key that a foreign key may refer to (transformFkeyCheckAttrs, tablecmds.c). */
function unmatched(target: Table, columns: readonly string[]): PredictedError | null {
  const fitting = target.indexes.filter(
    index =>
      index.unique &&
      index.valid &&
      !index.partial &&
      index.columns.length === columns.length &&
      columns.every(name => index.columns.includes(name)),
  );
  if (fitting.length === 0) return errorOf('42830', `${target.name} has no unique key on ${columns.join(', ')}`);
  const deferred = fitting.every(({ constraint }) =>
    target.constraints.some(({ name, deferrable }) => name === constraint && deferrable),
  );
  return deferred ? errorOf('55000', `the key of ${target.name} on ${columns.join(', ')} is deferrable`) : null;
}

/** A row may only refer to rows that stay as long (ATAddForeignKeyConstraint). */
function outlived({ persistence, name }: Table, target: Table): PredictedError | null {
  const stays = { permanent: 2, unlogged: 1, temporary: 0 };
  const outlives =
    persistence === 'temporary' ? target.persistence === 'temporary' : stays[target.persistence] >= stays[persistence];
  return outlives
    ? null
    : errorOf('42P16', `${name} is ${persistence}, but the referenced table ${target.name} is ${target.persistence}`);
}

/** What the server refuses of a foreign key. `target`: the table itself where that is being made. */
function foreignKey(table: Table, constraint: Constraint, target: Table, catalog: Catalog): PredictedError | null {
  const { references, columns } = constraint;
  if (!references) return null;
  if (!HOLDS.has(target.kind))
    return errorOf('42809', `${target.name} is a ${target.kind.replace('-', ' ')}, not a table`);
  const persistence = outlived(table, target);
  if (persistence) return persistence;
  const missing = table.complete ? lacking(table, columns) : undefined;
  if (missing !== undefined) return errorOf('42703', `${table.name} has no column ${missing}`);
  if (!target.complete) return null;
  if (references.columns.length === 0)
    return target.constraints.some(({ type }) => type === 'primary-key')
      ? null
      : errorOf('42704', `${target.name} has no primary key`);
  const absent = lacking(target, references.columns);
  if (absent !== undefined) return errorOf('42703', `${target.name} has no column ${absent}`);
  if (references.columns.length !== columns.length)
    return errorOf('42830', `${columns.length} columns cannot reference ${references.columns.length} columns`);
  const pairs = columns.map((name, nth) => [
    columnNamed(table, name),
    columnNamed(target, references.columns[nth] ?? ''),
  ]);
  const key = unmatched(target, references.columns);
  if (key) return key;
  for (const [from, to] of pairs)
    if (from && to && refers(from.type, to.type, catalog) === false)
      return errorOf(
        '42804',
        `${from.name} of type ${from.type.name} cannot reference ${to.name} of type ${to.type.name}`,
      );
  return null;
}

/** Of a table that is there. */
export function addForeignKey(
  { relation, constraint }: ChangeOf<'add-constraint'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  const table = constraint.references && present(relation, catalog);
  const target = constraint.references && present(constraint.references, catalog);
  return table && target ? foreignKey(table, constraint, target, catalog) : null;
}

/** Of a table that is being made, whose keys stand before its foreign keys. */
export function foreignKeysOf({ table }: ChangeOf<'create-table'>, { catalog }: ErrorContext): PredictedError | null {
  for (const constraint of table.constraints) {
    if (!constraint.references || keyOf(constraint.references) === keyOf(table)) continue;
    const target = present(constraint.references, catalog);
    const error = target ? foreignKey(table, constraint, target, catalog) : null;
    if (error) return error;
  }
  return null;
}

/** Foreign keys that a change of type leaves without an operator. */
export function retypedKeys(
  { relation, column, to }: ChangeOf<'retype-column'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  const table = whole(relation, catalog);
  for (const { references, columns } of table?.constraints ?? []) {
    const other = references && present(references, catalog);
    const nth = columns.indexOf(column);
    const referred = other ? columnNamed(other, references.columns[nth] ?? '') : undefined;
    if (
      nth >= 0 &&
      other &&
      referred &&
      keyOf(other) !== keyOf(relation) &&
      refers(to, referred.type, catalog) === false
    )
      return errorOf('42804', `${column} could no longer reference ${other.name}`);
  }
  return null;
}
