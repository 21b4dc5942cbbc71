import { chooseName, indexColumnNames } from '../../model/object-names.ts';
import { keyOf, type Catalog, type Column, type Key, type Table } from '../../model/schema.ts';
import type { ChangeOf, Relation } from '../../model/effect.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { descendants, edit, editColumn, editKey, unseen } from '../edit.ts';
import { dropForeignKeys, dropReaders } from './dependents.ts';

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

/** A dropped column takes along the indexes, constraints, triggers and generated columns that hold it. */
function dropColumn(table: Table, column: string): Table {
  const keeps = (columns: readonly (string | null)[]): boolean => !columns.includes(column);
  return {
    ...table,
    columns: table.columns.filter(known => known.name !== column && known.generatedFrom?.includes(column) !== true),
    triggers: table.triggers.filter(trigger => keeps(trigger.reads)),
    indexes: table.indexes.filter(index => keeps(index.columns) && keeps(index.reads)),
    constraints: table.constraints.filter(constraint => keeps(constraint.columns)),
  };
}

/** The tables that lose a column of one: its children too, unless they have it by themselves or from another parent (ATExecDropColumn). */
function losing(catalog: Catalog, key: Key, column: string, from: Key | null = null): Key[] {
  const table = catalog.relations.get(key);
  const own = table?.columns.find(({ name }) => name === column);
  const parents = table ? (table.partitionOf ? [table.partitionOf.parent] : table.inherits) : [];
  const kept =
    from !== null &&
    (own?.local !== false ||
      parents.some(
        other => other !== from && catalog.relations.get(other)?.columns.some(({ name }) => name === column),
      ));
  if (!own || kept) return [];
  return [key, ...(catalog.children.get(key) ?? []).flatMap(child => losing(catalog, child, column, key))];
}

/** Children keep a column that ONLY the parent loses, as their own. */
const ownBelow = (catalog: Catalog, relation: Relation, column: string): Catalog =>
  (catalog.children.get(keyOf(relation)) ?? []).reduce(
    (next, child) =>
      editKey(next, child, table => ({
        ...table,
        columns: table.columns.map(({ local, ...known }) =>
          known.name === column || local === undefined ? known : { ...known, local },
        ),
      })),
    catalog,
  );

const renameIn = (names: readonly string[], from: string, to: string): string[] =>
  names.map(name => (name === from ? to : name));

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

const refersTo = (table: Table, key: Key): boolean =>
  table.reads.some(read => read.relation === key) ||
  table.constraints.some(({ references }) => references && keyOf(references) === key);

/** Foreign keys and views name the columns of another table. */
const renameAbroad = (table: Table, key: Key, from: string, to: string): Table => ({
  ...table,
  reads: table.reads.map(read =>
    read.relation === key && read.columns ? { ...read, columns: renameIn(read.columns, from, to) } : read,
  ),
  constraints: table.constraints.map(constraint =>
    constraint.references && keyOf(constraint.references) === key
      ? {
          ...constraint,
          references: { ...constraint.references, columns: renameIn(constraint.references.columns, from, to) },
        }
      : constraint,
  ),
});

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
function addSequence(catalog: Catalog, { relation, column, sequence: written }: ChangeOf<'set-identity'>): Catalog {
  const { schema } = relation;
  const name =
    written ??
    chooseName(relation.name, [column], 'seq', taken => catalog.relations.has(keyOf({ schema, name: taken })));
  const sequence = unseen({ schema, name, kind: 'sequence', age: 'this-transaction' });
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
          : {
              ...table,
              columns: [...table.columns, keyOf(table) === keyOf(relation) ? column : { ...column, local: false }],
            },
      only,
    ),
  'drop-column': (catalog, { relation, column, only, cascade }) => {
    const gone = only ? [keyOf(relation)] : losing(catalog, keyOf(relation), column);
    let next = only ? ownBelow(catalog, relation, column) : catalog;
    for (const key of gone) {
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
    for (const table of next.relations.values())
      if (refersTo(table, keyOf(relation)))
        next = editKey(next, keyOf(table), known => renameAbroad(known, keyOf(relation), column, to));
    for (const table of next.relations.values())
      if (table.ownedBy?.table === keyOf(relation) && table.ownedBy.column === column)
        next = editKey(next, keyOf(table), known => ({ ...known, ownedBy: { table: keyOf(relation), column: to } }));
    return next;
  },
  'set-default': (catalog, change) => patch(catalog, change, { default: change.default }),
  'retype-column': (catalog, { relation, column, to, collation }) =>
    editAll(catalog, relation, table => ({
      ...table,
      columns: table.columns.map(known =>
        known.name === column ? { ...known, type: to, collation, default: recast(known, to, catalog) } : known,
      ),
    })),
  'set-not-null': (catalog, change) => patch(catalog, change, { notNull: true }),
  'drop-not-null': (catalog, change) => patch(catalog, change, { notNull: false }),
  'set-identity': (catalog, change) => {
    const { relation, column, to } = change;
    if (to === 'same') return catalog;
    const next = patch(catalog, change, { identity: to });
    if (to === null) return dropOwned(next, keyOf(relation), column);
    return change.existed ? next : addSequence(next, change);
  },
  'set-expression': (catalog, change) => (change.to === null ? patch(catalog, change, { generated: null }) : catalog),
  'set-column-statistics': unchanged,
  'set-column-storage': unchanged,
};
