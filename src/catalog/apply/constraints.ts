import { keyOf, type Catalog, type Constraint, type Index, type Table } from '../../model/schema.ts';
import type { Apply } from '../apply-table.ts';
import { descendants, edit, editColumn, editKey, referencing } from '../edit.ts';
import { inheritForeignKey } from '../partition-foreign-keys.ts';
import { inheritIndex } from '../partition-indexes.ts';

/** The index behind a key; null for constraints that need none or take over one that is there. */
export function indexOfConstraint(constraint: Constraint, table: Table): Index | null {
  if (constraint.type !== 'unique' && constraint.type !== 'primary-key' && constraint.type !== 'exclude') return null;
  if (constraint.usingIndex !== null || table.indexes.some(index => index.name === constraint.name)) return null;
  return {
    name: constraint.name,
    columns: constraint.columns.map(column => (column === '' ? null : column)),
    reads: [],
    unique: constraint.type !== 'exclude',
    method: constraint.type === 'exclude' ? 'gist' : 'btree',
    partial: false,
    valid: true,
    constraint: constraint.name,
  };
}

function add(table: Table, constraint: Constraint): Table {
  const backed = indexOfConstraint(constraint, table);
  const taken = table.indexes.map(index =>
    index.name === constraint.usingIndex ? { ...index, name: constraint.name, constraint: constraint.name } : index,
  );
  let next: Table = { ...table, indexes: backed ? [...taken, backed] : taken };
  if (constraint.type === 'primary-key' || constraint.type === 'not-null')
    for (const column of constraint.columns) next = editColumn(next, column, { notNull: true });
  return { ...next, constraints: [...next.constraints.filter(known => known.name !== constraint.name), constraint] };
}

const names = (catalog: Catalog, table: Table, from: string | null, to: string | null): Catalog => {
  let { indexes } = catalog;
  if (from !== null) indexes = indexes.without(keyOf({ schema: table.schema, name: from }));
  if (to !== null) indexes = indexes.with(keyOf({ schema: table.schema, name: to }), keyOf(table));
  return { ...catalog, indexes };
};

export const constraints: Pick<
  Apply,
  'add-constraint' | 'validate-constraint' | 'drop-constraint' | 'rename-constraint' | 'alter-constraint'
> = {
  'add-constraint': (catalog, { relation, constraint }) => {
    let next = edit(catalog, relation, table => add(table, constraint));
    const table = next.relations.get(keyOf(relation));
    if (table?.indexes.some(index => index.name === constraint.name))
      next = names(next, table, constraint.usingIndex, constraint.name);
    if (constraint.type === 'check' && !constraint.noInherit)
      for (const child of descendants(catalog, keyOf(relation)))
        next = editKey(next, keyOf(child), known => add(known, constraint));
    const index = table?.partitioning ? table.indexes.find(known => known.constraint === constraint.name) : undefined;
    if (index)
      for (const child of descendants(catalog, keyOf(relation))) next = inheritIndex(next, table, index, keyOf(child));
    if (constraint.references && table?.partitioning)
      for (const child of descendants(catalog, keyOf(relation)))
        next = inheritForeignKey(next, constraint, keyOf(child));
    return next;
  },
  'validate-constraint': (catalog, { relation, constraint }) => {
    const validate = (table: Table): Table => ({
      ...table,
      constraints: table.constraints.map(known => (known.name === constraint ? { ...known, valid: true } : known)),
    });
    let next = edit(catalog, relation, validate);
    for (const child of descendants(catalog, keyOf(relation))) next = editKey(next, keyOf(child), validate);
    return next;
  },
  'drop-constraint': (catalog, { relation, constraint, cascade }) => {
    const dropped = catalog.relations.get(keyOf(relation))?.constraints.find(known => known.name === constraint);
    const without = (table: Table): Table => ({
      ...(dropped?.type === 'not-null'
        ? {
            ...table,
            columns: table.columns.map(c => (dropped.columns.includes(c.name) ? { ...c, notNull: false } : c)),
          }
        : table),
      constraints: table.constraints.filter(known => known.name !== constraint),
      indexes: table.indexes.filter(index => index.constraint !== constraint),
    });
    let next = edit(catalog, relation, without);
    const table = next.relations.get(keyOf(relation));
    if (table) next = names(next, table, constraint, null);
    for (const child of descendants(catalog, keyOf(relation))) next = editKey(next, keyOf(child), without);
    if (cascade && (dropped?.type === 'primary-key' || dropped?.type === 'unique'))
      for (const other of referencing(next, keyOf(relation)))
        next = editKey(next, keyOf(other), known => ({
          ...known,
          constraints: known.constraints.filter(c => !(c.references && keyOf(c.references) === keyOf(relation))),
        }));
    return next;
  },
  'rename-constraint': (catalog, { relation, constraint, to }) => {
    const next = edit(catalog, relation, table => ({
      ...table,
      constraints: table.constraints.map(known => (known.name === constraint ? { ...known, name: to } : known)),
      indexes: table.indexes.map(index =>
        index.constraint === constraint ? { ...index, name: to, constraint: to } : index,
      ),
    }));
    const table = next.relations.get(keyOf(relation));
    return table?.indexes.some(index => index.name === to) ? names(next, table, constraint, to) : next;
  },
  'alter-constraint': (catalog, { relation, constraint, enforced, deferrable }) =>
    edit(catalog, relation, table => ({
      ...table,
      constraints: table.constraints.map(known =>
        known.name === constraint
          ? {
              ...known,
              enforced: enforced ?? known.enforced,
              valid: enforced ?? known.valid,
              deferrable: deferrable ?? known.deferrable,
            }
          : known,
      ),
    })),
};
