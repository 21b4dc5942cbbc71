import { keyOf, type Catalog, type Column, type Constraint, type Key, type Table } from '../model/schema.ts';

/** The tables that what is added comes to, which are locked, and those of them that get it. */
export interface AlterRecursion {
  readonly locked: ReadonlySet<Key>;
  readonly recipients: ReadonlySet<Key>;
}

/** Where it is merged with what a child has, it goes no further down. */
function recipients(catalog: Catalog, key: Key, has: (table: Table) => boolean, only = false): AlterRecursion {
  const locked = new Set<Key>();
  const receiving = new Set<Key>();
  for (const next = [key]; next.length > 0;) {
    const current = next.pop() ?? '';
    if (locked.has(current)) continue;
    locked.add(current);
    const table = catalog.relations.get(current);
    if (table && has(table)) continue;
    receiving.add(current);
    if (!only) next.push(...(catalog.children.get(current) ?? []));
  }
  return { locked, recipients: receiving };
}

/**
 * ADD CONSTRAINT … CHECK or NOT NULL: merged with a check of the name, which the named table itself must inherit, or with
 * a NOT NULL (ATAddCheckNNConstraint, MergeWithExistingConstraint, AdjustNotNullInheritance).
 */
export const constraintRecursion = (
  catalog: Catalog,
  key: Key,
  { type, name, columns, noInherit }: Constraint,
  only = noInherit,
): AlterRecursion =>
  recipients(
    catalog,
    key,
    table =>
      type === 'check'
        ? table.constraints.some(own => own.name === name && (keyOf(table) !== key || own.inheritedOnly))
        : table.columns.some(own => own.notNull && columns.includes(own.name)),
    only,
  );

/** ADD COLUMN: merged with a column of the name (ATExecAddColumn). */
export const columnRecursion = (catalog: Catalog, key: Key, { name }: Column, only = false): AlterRecursion =>
  recipients(catalog, key, table => keyOf(table) !== key && table.columns.some(own => own.name === name), only);
