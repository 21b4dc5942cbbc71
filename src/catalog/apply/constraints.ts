import type { ChangeOf } from '../../model/effect.ts';
import { keyOf, type Catalog, type Constraint, type Index, type Key, type Table } from '../../model/schema.ts';
import type { Apply } from '../apply-table.ts';
import { descendants, edit, editColumn, editKey } from '../edit.ts';
import { dropIndexDependents } from './dependents.ts';
import { dropNotNull, ownNotNull } from '../not-null.ts';
import { editForeignKey, inheritForeignKey, partOf } from '../partition-foreign-keys.ts';
import { spreadIndex } from '../partition-indexes.ts';
import { constraintRecursion } from '../recipients.ts';
import { rekeyIndex, removeIndex } from '../remove-index.ts';

/** The index behind a key; null for constraints that need none or take over one that is there. */
export function indexOfConstraint(constraint: Constraint, table: Table): Index | null {
  if (constraint.type !== 'unique' && constraint.type !== 'primary-key' && constraint.type !== 'exclude') return null;
  if (constraint.usingIndex !== null || table.indexes.some(index => index.name === constraint.name)) return null;
  return {
    name: constraint.name,
    columns: constraint.columns.map(column => (column === '' ? null : column)),
    reads: [],
    unique: constraint.type !== 'exclude',
    method: constraint.type === 'exclude' ? (constraint.method ?? 'gist') : 'btree',
    partial: constraint.partial ?? false,
    valid: true,
    constraint: constraint.name,
  };
}

function add(table: Table, constraint: Constraint): Table {
  const backed = indexOfConstraint(constraint, table);
  const indexes = table.indexes.map(index =>
    index.name === constraint.usingIndex ? { ...index, name: constraint.name, constraint: constraint.name } : index,
  );
  let next: Table = { ...table, indexes: backed ? [...indexes, backed] : indexes };
  if (constraint.type === 'primary-key' || constraint.type === 'not-null')
    for (const column of constraint.columns)
      next = editColumn(next, column, { notNull: true, ...(constraint.inheritedOnly ? {} : ownNotNull(table)) });
  return {
    ...next,
    constraints: [...next.constraints.filter(existing => existing.name !== constraint.name), constraint],
  };
}

const names = (catalog: Catalog, table: Table, from: string | null, to: string | null): Catalog => {
  let { indexes } = catalog;
  if (from !== null) indexes = indexes.without(keyOf({ schema: table.schema, name: from }));
  if (to !== null) indexes = indexes.with(keyOf({ schema: table.schema, name: to }), keyOf(table));
  return { ...catalog, indexes };
};

/** A check or NOT NULL, in inheritance children and partitions too. */
const inherit = (catalog: Catalog, key: Key, constraint: Constraint): Catalog =>
  [...constraintRecursion(catalog, key, constraint).recipients]
    .filter(child => child !== key)
    .reduce(
      (next, child) => editKey(next, child, current => add(current, { ...constraint, inheritedOnly: true })),
      catalog,
    );

const without = (table: Table, dropped: Constraint): Table => ({
  ...table,
  constraints: table.constraints.filter(({ name }) => name !== dropped.name),
});

function drop(catalog: Catalog, { relation, constraint, cascade, only }: ChangeOf<'drop-constraint'>): Catalog {
  const table = catalog.relations.get(keyOf(relation));
  const dropped = table?.constraints.find(({ name }) => name === constraint);
  if (!table || !dropped) return catalog;
  const below = only ? [] : descendants(catalog, keyOf(relation));
  const index = table.indexes.find(existing => existing.constraint === constraint);
  if (index)
    return removeIndex(
      cascade ? dropIndexDependents(catalog, keyOf(relation), index.name) : catalog,
      keyOf({ schema: table.schema, name: index.name }),
    );
  if (dropped.type === 'not-null')
    return dropped.columns.reduce(
      (next, column) => dropNotNull(next, keyOf(relation), { column, ...(only ? { only } : {}) }),
      catalog,
    );
  const next = edit(catalog, relation, current => without(current, dropped));
  if (dropped.type !== 'foreign-key') return only ? next : dropInherited(next, keyOf(relation), dropped.name);
  return below.reduce((current, child) => {
    const part = partOf(child, dropped);
    return part ? editKey(current, keyOf(child), inheritor => without(inheritor, part)) : current;
  }, next);
}

/** Children lose a check with their last parent that has it, unless it is their own (dropconstraint_internal). */
function dropInherited(catalog: Catalog, parent: Key, name: string): Catalog {
  const holds = (key: Key): boolean => catalog.relations.get(key)?.constraints.some(c => c.name === name) === true;
  return (catalog.children.get(parent) ?? []).reduce((next, child) => {
    const table = next.relations.get(child);
    const own = table?.constraints.find(c => c.name === name && c.inheritedOnly);
    if (!table || !own || table.inherits.some(other => other !== parent && holds(other))) return next;
    return dropInherited(
      editKey(next, child, inheritor => without(inheritor, own)),
      child,
      name,
    );
  }, catalog);
}

function rename(catalog: Catalog, { relation, constraint, to }: ChangeOf<'rename-constraint'>): Catalog {
  const table = catalog.relations.get(keyOf(relation));
  const type = table?.constraints.find(({ name }) => name === constraint)?.type;
  const renamed = (current: Table): Table => ({
    ...current,
    constraints: current.constraints.map(c => (c.name === constraint ? { ...c, name: to } : c)),
    indexes: current.indexes.map(i => (i.constraint === constraint ? { ...i, name: to, constraint: to } : i)),
  });
  const [from, key] = [constraint, to].map(name => keyOf({ schema: relation.schema, name })) as [Key, Key];
  const backed = table?.indexes.some(index => index.constraint === constraint) === true;
  let next = edit(backed ? rekeyIndex(catalog, from, key) : catalog, relation, renamed);
  if (backed) next = names(next, table, constraint, to);
  if (type === 'check' || type === 'not-null')
    for (const child of descendants(catalog, keyOf(relation))) next = editKey(next, keyOf(child), renamed);
  return next;
}

export const constraints = {
  'add-constraint': (catalog, { relation, constraint, only }) => {
    const spreads = (constraint.type === 'check' || constraint.type === 'not-null') && !only;
    const below = spreads ? inherit(catalog, keyOf(relation), constraint) : catalog;
    const added: Constraint = constraint.valid ? constraint : { ...constraint, age: 'this-transaction' };
    let next = edit(below, relation, table => add(table, added));
    const table = next.relations.get(keyOf(relation));
    if (table?.indexes.some(index => index.name === constraint.name))
      next = names(next, table, constraint.usingIndex, constraint.name);
    if (constraint.type === 'primary-key' && !only)
      for (const child of descendants(catalog, keyOf(relation)))
        for (const column of constraint.columns)
          next = editKey(next, keyOf(child), current => editColumn(current, column, { notNull: true }));
    if (!table?.partitioning || only) return next;
    const index = table.indexes.find(existing => existing.constraint === constraint.name);
    if (index) next = spreadIndex(next, keyOf(relation), index);
    if (constraint.references)
      for (const child of descendants(catalog, keyOf(relation)))
        next = inheritForeignKey(next, constraint, keyOf(child));
    return next;
  },
  'validate-constraint': (catalog, { relation, constraint }) => {
    const own = catalog.relations.get(keyOf(relation))?.constraints.find(({ name }) => name === constraint);
    if (own?.references) return editForeignKey(catalog, keyOf(relation), own, current => ({ ...current, valid: true }));
    const validate = (table: Table): Table => ({
      ...table,
      constraints: table.constraints.map(existing =>
        existing.name === constraint ? { ...existing, valid: true } : existing,
      ),
    });
    let next = edit(catalog, relation, validate);
    for (const child of descendants(catalog, keyOf(relation))) next = editKey(next, keyOf(child), validate);
    return next;
  },
  'drop-constraint': drop,
  'rename-constraint': rename,
  'alter-constraint': (catalog, { relation, constraint, enforced, deferrable }) => {
    const own = catalog.relations.get(keyOf(relation))?.constraints.find(({ name }) => name === constraint);
    if (!own) return catalog;
    return editForeignKey(catalog, keyOf(relation), own, current => ({
      ...current,
      enforced: enforced ?? current.enforced,
      valid: enforced === null || enforced === current.enforced ? current.valid : enforced,
      deferrable: deferrable ?? current.deferrable,
    }));
  },
} satisfies Partial<Apply>;
