import { indexColumnNames } from '../../model/object-names.ts';
import { keyOf, type Catalog, type Column, type Key, type Read, type Table } from '../../model/schema.ts';
import type { ChangeOf, Relation } from '../../model/effect.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { descendants, edit, editColumn, editKey } from '../edit.ts';
import { dropNotNull, nullable, ownNotNull } from '../not-null.ts';
import { columnDropRecursion } from '../column-drop-recursion.ts';
import { rebuildForeignKeys } from '../partition-foreign-keys.ts';
import { rebuildIndexes } from '../rebuild-indexes.ts';
import { dropForeignKeys, dropOwned, dropReaders } from './dependents.ts';

/** The table, its partitions and its inheritance children. */
function editAll(catalog: Catalog, relation: Relation, update: (table: Table) => Table, only = false): Catalog {
  let next = edit(catalog, relation, update);
  if (!only) for (const child of descendants(catalog, keyOf(relation))) next = editKey(next, keyOf(child), update);
  return next;
}

const patch = (
  catalog: Catalog,
  { relation, column, only }: { readonly relation: Relation; readonly column: string; readonly only?: true },
  change: Partial<Column>,
): Catalog => editAll(catalog, relation, table => editColumn(table, column, change), only);

/** A default stays what it was, with a cast to the new type around it (ATExecAlterColumnType, tablecmds.c). */
function recast({ type, default: value }: Column, to: Column['type'], { types }: Catalog): Column['default'] {
  const from = keyOf(type);
  if (value === null || value.isNull || from === keyOf(to) || !types.has(from)) return value;
  return { ...value, through: [...(value.through ?? []), from] };
}

/** A dropped column takes along the indexes, constraints, statistics, triggers and generated columns that hold it. */
function dropColumn(table: Table, column: string): Table {
  const keeps = (columns: readonly (string | null)[]): boolean => !columns.includes(column);
  const generated = table.columns.find(other => other.name !== column && other.generatedFrom?.includes(column));
  if (generated) return dropColumn(dropColumn(table, generated.name), column);
  return {
    ...table,
    columns: table.columns.filter(other => other.name !== column),
    triggers: table.triggers.filter(trigger => keeps(trigger.reads)),
    indexes: table.indexes.filter(index => keeps(index.columns) && keeps(index.reads)),
    constraints: table.constraints.filter(constraint => keeps(constraint.columns)),
    statistics: table.statistics.filter(statistics => keeps(statistics.columns)),
  };
}

/** Children keep a column that ONLY the parent loses, as their own. */
const ownBelow = (catalog: Catalog, relation: Relation, column: string): Catalog =>
  (catalog.children.get(keyOf(relation)) ?? []).reduce(
    (next, child) =>
      editKey(next, child, table => ({
        ...table,
        columns: table.columns.map(({ inheritedOnly, ...rest }) =>
          rest.name === column || !inheritedOnly ? rest : { ...rest, inheritedOnly },
        ),
      })),
    catalog,
  );

const renameIn = (names: readonly string[], from: string, to: string): string[] =>
  names.map(name => (name === from ? to : name));

const renameRead = (reads: readonly Read[], keys: ReadonlySet<Key>, from: string, to: string): Read[] =>
  reads.map(read =>
    keys.has(read.relation) && read.columns ? { ...read, columns: renameIn(read.columns, from, to) } : read,
  );

const renameColumn = (table: Table, from: string, to: string): Table => ({
  ...table,
  columns: table.columns.map(column => ({
    ...column,
    name: column.name === from ? to : column.name,
    ...(column.generatedFrom ? { generatedFrom: renameIn(column.generatedFrom, from, to) } : {}),
  })),
  partitioning: table.partitioning && {
    ...table.partitioning,
    columns: table.partitioning.columns.map(name => (name === from ? to : name)),
  },
  statistics: table.statistics.map(statistics => ({ ...statistics, columns: renameIn(statistics.columns, from, to) })),
  triggers: table.triggers.map(trigger => ({ ...trigger, reads: renameIn(trigger.reads, from, to) })),
  indexes: table.indexes.map(index => ({
    ...index,
    // An index goes on calling its columns what they were called.
    ...(index.columns.includes(from) ? { names: index.names ?? indexColumnNames(index.columns) } : {}),
    columns: index.columns.map(name => (name === from ? to : name)),
    reads: renameIn(index.reads, from, to),
  })),
  constraints: table.constraints.map(constraint => ({
    ...constraint,
    columns: renameIn(constraint.columns, from, to),
    provesNotNull: renameIn(constraint.provesNotNull, from, to),
  })),
});

const refersTo = (table: Table, keys: ReadonlySet<Key>): boolean =>
  (table.ownedBy !== null && keys.has(table.ownedBy.table)) ||
  [table, ...table.policies].some(({ reads }) => reads.some(({ relation }) => keys.has(relation))) ||
  table.constraints.some(({ references }) => references !== null && keys.has(keyOf(references)));

/** Foreign keys, views, policies and sequences name the columns of other tables. */
const renameAbroad = (table: Table, keys: ReadonlySet<Key>, from: string, to: string): Table => ({
  ...table,
  reads: renameRead(table.reads, keys, from, to),
  policies: table.policies.map(policy => ({ ...policy, reads: renameRead(policy.reads, keys, from, to) })),
  constraints: table.constraints.map(constraint =>
    constraint.references && keys.has(keyOf(constraint.references))
      ? {
          ...constraint,
          references: { ...constraint.references, columns: renameIn(constraint.references.columns, from, to) },
        }
      : constraint,
  ),
  ownedBy:
    table.ownedBy?.column === from && keys.has(table.ownedBy.table) ? { ...table.ownedBy, column: to } : table.ownedBy,
});

function removeIndexNames(before: Catalog, after: Catalog, relation: Relation): Catalog {
  let next = after;
  for (const key of [keyOf(relation), ...descendants(before, keyOf(relation)).map(keyOf)]) {
    const old = before.relations.get(key);
    const remaining = new Set(after.relations.get(key)?.indexes.map(index => index.name));
    for (const index of old?.indexes ?? [])
      if (!remaining.has(index.name))
        next = { ...next, indexes: next.indexes.without(keyOf({ schema: old?.schema ?? '', name: index.name })) };
  }
  return next;
}

/** Generated by another expression, or by none any more. */
const expressed = ({ generatedFrom, calls, ...column }: Column, to: ChangeOf<'set-expression'>['to']): Column =>
  to === null ? { ...column, generated: null } : { ...column, ...to };

/** The column is as it is given, age included. */
export const addColumn = (catalog: Catalog, { relation, column, only }: ChangeOf<'add-column'>): Catalog =>
  editAll(
    catalog,
    relation,
    table =>
      table.columns.some(known => known.name === column.name)
        ? table
        : {
            ...table,
            columns: [...table.columns, keyOf(table) === keyOf(relation) ? column : { ...column, inheritedOnly: true }],
          },
    only,
  );

export const columns = {
  'add-column': (catalog, change) =>
    addColumn(catalog, { ...change, column: { ...change.column, age: 'this-transaction' } }),
  'drop-column': (catalog, { relation, column, only, cascade }) => {
    const recipients = only ? [keyOf(relation)] : columnDropRecursion(catalog, keyOf(relation), column);
    let next = only ? ownBelow(catalog, relation, column) : catalog;
    for (const key of recipients) {
      next = dropOwned(
        editKey(next, key, table => dropColumn(table, column)),
        key,
        column,
      );
      next = dropForeignKeys(next, key, column);
      // Without CASCADE nothing reads it, whatever the text of a view seems to say.
      if (cascade) next = dropReaders(next, key, column);
    }
    return removeIndexNames(catalog, next, relation);
  },
  'rename-column': (catalog, { relation, column, to }) => {
    let next = editAll(catalog, relation, table => renameColumn(table, column, to));
    const keys = new Set([keyOf(relation), ...descendants(catalog, keyOf(relation)).map(keyOf)]);
    for (const table of next.relations.values())
      if (refersTo(table, keys))
        next = editKey(next, keyOf(table), existing => renameAbroad(existing, keys, column, to));
    return next;
  },
  'set-default': (catalog, change) => patch(catalog, change, { default: change.default }),
  'retype-column': (catalog, { relation, column, to, collation }) => {
    const next = editAll(catalog, relation, table => ({
      ...table,
      columns: table.columns.map(current =>
        current.name === column ? { ...current, type: to, collation, default: recast(current, to, catalog) } : current,
      ),
    }));
    const keys = new Set([keyOf(relation), ...descendants(next, keyOf(relation)).map(keyOf)]);
    return rebuildForeignKeys(rebuildIndexes(next, keyOf(relation), column).catalog, keys, column);
  },
  'set-not-null': (catalog, change) => {
    const next = patch(catalog, change, { notNull: true });
    return change.inherited
      ? next
      : edit(next, change.relation, table => editColumn(table, change.column, ownNotNull(table)));
  },
  'drop-not-null': (catalog, change) =>
    change.keepsOwn
      ? dropNotNull(catalog, keyOf(change.relation), change)
      : editAll(catalog, change.relation, table => nullable(table, change.column), change.only),
  'set-identity': (catalog, change) => {
    const { relation, column, to } = change;
    const existing = catalog.relations.get(keyOf(relation))?.columns.find(({ name }) => name === column);
    // DROP IDENTITY IF EXISTS leaves the sequence of a serial column alone.
    if (to === 'same' || (to === null && existing?.identity === null)) return catalog;
    const next = patch(catalog, change, { identity: to });
    if (to === null) return dropOwned(next, keyOf(relation), column, true);
    const { sequence } = change;
    return sequence ? { ...next, relations: next.relations.with(keyOf(sequence), sequence) } : next;
  },
  'set-expression': (catalog, change) =>
    editAll(
      catalog,
      change.relation,
      table => ({
        ...table,
        columns: table.columns.map(column => (column.name === change.column ? expressed(column, change.to) : column)),
      }),
      change.only,
    ),
  'set-column-statistics': unchanged,
  'set-column-storage': unchanged,
} satisfies Partial<Apply>;
