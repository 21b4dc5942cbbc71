import type { Catalog, Constraint, Key, Table } from '../model/schema.ts';

/**
 * A check of the name or a NOT NULL, which what is added is merged with (MergeWithExistingConstraint,
 * AdjustNotNullInheritance); of the table that is named only a check that it inherits.
 */
const has = ({ constraints, columns }: Table, added: Constraint, below: boolean): boolean =>
  added.type === 'check'
    ? constraints.some(({ name, local }) => name === added.name && (below || local === false))
    : columns.some(({ name, notNull }) => notNull && added.columns.includes(name));

/**
 * The tables that ADD CONSTRAINT … CHECK or NOT NULL comes to, and those of them that get it. Where it is merged with one
 * that is there, it goes no further down (ATAddCheckNNConstraint, tablecmds.c).
 */
export function recipients(
  catalog: Catalog,
  key: Key,
  added: Constraint,
  only = added.noInherit,
): { readonly asked: ReadonlySet<Key>; readonly given: ReadonlySet<Key> } {
  const asked = new Set<Key>();
  const given = new Set<Key>();
  for (const next = [key]; next.length > 0;) {
    const current = next.pop() ?? '';
    if (asked.has(current)) continue;
    asked.add(current);
    const table = catalog.relations.get(current);
    if (table && has(table, added, current !== key)) continue;
    given.add(current);
    if (!only) next.push(...(catalog.children.get(current) ?? []));
  }
  return { asked, given };
}
