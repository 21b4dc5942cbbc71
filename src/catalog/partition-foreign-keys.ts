import { keyOf, type Catalog, type Constraint, type Key } from '../model/schema.ts';
import { editKey } from './edit.ts';

/** Is one the other's copy? */
export const alike = (a: Constraint, b: Constraint): boolean =>
  a.references !== null &&
  b.references !== null &&
  keyOf(a.references) === keyOf(b.references) &&
  String(a.columns) === String(b.columns) &&
  String(a.references.columns) === String(b.references.columns);

/** A partition gets each foreign key of its parent that it has not (CloneFkReferencing, tablecmds.c). */
export function inheritForeignKeys(catalog: Catalog, parent: Key, child: Key): Catalog {
  const owned = (catalog.relations.get(parent)?.constraints ?? []).filter(({ references }) => references !== null);
  return owned.reduce((next, constraint) => inheritForeignKey(next, constraint, child), catalog);
}

/** The same for one foreign key. */
export const inheritForeignKey = (catalog: Catalog, constraint: Constraint, child: Key): Catalog =>
  editKey(catalog, child, table =>
    table.constraints.some(own => alike(constraint, own))
      ? {
          ...table,
          constraints: table.constraints.map(own => (alike(constraint, own) ? { ...own, local: false } : own)),
        }
      : { ...table, constraints: [...table.constraints, { ...constraint, local: false }] },
  );
