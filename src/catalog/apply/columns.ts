import { chooseName } from '../../model/object-names.ts';
import { keyOf, type Catalog, type Column, type Constraint, type Key, type Table } from '../../model/schema.ts';
import type { Relation } from '../../model/effect.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { descendants, edit, editColumn, editKey, referencing, unseen } from '../edit.ts';

/** The table, its partitions and its inheritance children. */
function editAll(catalog: Catalog, relation: Relation, update: (table: Table) => Table, only = false): Catalog {
  let next = edit(catalog, relation, update);
  if (!only) for (const child of descendants(catalog, keyOf(relation))) next = editKey(next, keyOf(child), update);
  return next;
}

const patch = (catalog: Catalog, relation: Relation, column: string, change: Partial<Column>): Catalog =>
  editAll(catalog, relation, table => editColumn(table, column, change));

/** A dropped column takes along the indexes and constraints that hold it. */
function dropColumn(table: Table, column: string): Table {
  const keeps = (columns: readonly (string | null)[]): boolean => !columns.includes(column);
  return {
    ...table,
    columns: table.columns.filter(known => known.name !== column),
    indexes: table.indexes.filter(index => keeps(index.columns) && keeps(index.reads)),
    constraints: table.constraints.filter(constraint => keeps(constraint.columns)),
  };
}

const renameIn = (names: readonly string[], from: string, to: string): string[] =>
  names.map(name => (name === from ? to : name));

const renameColumn = (table: Table, from: string, to: string): Table => ({
  ...editColumn(table, from, { name: to }),
  indexes: table.indexes.map(index => ({
    ...index,
    columns: index.columns.map(name => (name === from ? to : name)),
    reads: renameIn(index.reads, from, to),
  })),
  constraints: table.constraints.map(constraint => ({
    ...constraint,
    columns: renameIn(constraint.columns, from, to),
    provesNotNull: renameIn(constraint.provesNotNull, from, to),
  })),
});

/** A foreign key keeps hold of the columns that it refers to. */
const renameTarget = (constraint: Constraint, target: Key, from: string, to: string): Constraint =>
  constraint.references && keyOf(constraint.references) === target
    ? {
        ...constraint,
        references: { ...constraint.references, columns: renameIn(constraint.references.columns, from, to) },
      }
    : constraint;

function removeIndexNames(before: Catalog, after: Catalog, relation: Relation): Catalog {
  let next = after;
  for (const key of [keyOf(relation), ...descendants(before, keyOf(relation)).map(keyOf)]) {
    const old = before.relations.get(key);
    const left = new Set(after.relations.get(key)?.indexes.map(index => index.name));
    for (const index of old?.indexes ?? [])
      if (!left.has(index.name))
        next = { ...next, indexes: next.indexes.without(keyOf({ schema: old?.schema ?? '', name: index.name })) };
  }
  return next;
}

/** A sequence goes with the column that owns it. */
function dropOwned(catalog: Catalog, owner: Key, column: string): Catalog {
  let { relations } = catalog;
  for (const [key, { ownedBy }] of relations.entries())
    if (ownedBy?.table === owner && ownedBy.column === column) relations = relations.without(key);
  return { ...catalog, relations };
}

/** The sequence behind an identity that a column is given later. */
function addSequence(catalog: Catalog, relation: Relation, column: string): Catalog {
  const { schema, age } = relation;
  const name = chooseName(relation.name, [column], 'seq', taken =>
    catalog.relations.has(keyOf({ schema, name: taken })),
  );
  const sequence = unseen({ schema, name, kind: 'sequence', age });
  const ownedBy = { table: keyOf(relation), column };
  return {
    ...catalog,
    relations: catalog.relations.with(keyOf(sequence), { ...sequence, complete: true, ownedBy }),
  };
}

export const columns: Pick<
  Apply,
  | 'add-column'
  | 'drop-column'
  | 'rename-column'
  | 'set-default'
  | 'retype-column'
  | 'set-not-null'
  | 'drop-not-null'
  | 'set-identity'
  | 'set-expression'
  | 'set-column-statistics'
  | 'set-column-storage'
> = {
  'add-column': (catalog, { relation, column, only }) =>
    editAll(
      catalog,
      relation,
      table =>
        table.columns.some(known => known.name === column.name)
          ? table
          : { ...table, columns: [...table.columns, column] },
      only,
    ),
  'drop-column': (catalog, { relation, column }) => {
    const next = editAll(catalog, relation, table => dropColumn(table, column));
    return dropOwned(removeIndexNames(catalog, next, relation), keyOf(relation), column);
  },
  'rename-column': (catalog, { relation, column, to }) => {
    let next = editAll(catalog, relation, table => renameColumn(table, column, to));
    for (const table of referencing(next, keyOf(relation)))
      next = editKey(next, keyOf(table), known => ({
        ...known,
        constraints: known.constraints.map(constraint => renameTarget(constraint, keyOf(relation), column, to)),
      }));
    for (const table of next.relations.values())
      if (table.ownedBy?.table === keyOf(relation) && table.ownedBy.column === column)
        next = editKey(next, keyOf(table), known => ({ ...known, ownedBy: { table: keyOf(relation), column: to } }));
    return next;
  },
  'set-default': (catalog, { relation, column, default: value }) =>
    patch(catalog, relation, column, { default: value }),
  'retype-column': (catalog, { relation, column, to, collation }) =>
    patch(catalog, relation, column, { type: to, collation }),
  'set-not-null': (catalog, { relation, column }) => patch(catalog, relation, column, { notNull: true }),
  'drop-not-null': (catalog, { relation, column }) => patch(catalog, relation, column, { notNull: false }),
  'set-identity': (catalog, { relation, column, to }) => {
    if (to === 'same') return catalog;
    const next = patch(catalog, relation, column, { identity: to });
    return to === null ? dropOwned(next, keyOf(relation), column) : addSequence(next, relation, column);
  },
  'set-expression': (catalog, { relation, column, to }) =>
    to === null ? patch(catalog, relation, column, { generated: null }) : catalog,
  'set-column-statistics': unchanged,
  'set-column-storage': unchanged,
};
