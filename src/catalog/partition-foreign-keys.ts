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

/** The same for one foreign key: one of the partition's own that is alike becomes its part (tryAttachPartitionForeignKey). */
export const inheritForeignKey = (catalog: Catalog, constraint: Constraint, child: Key): Catalog =>
  editKey(catalog, child, table => {
    const lent = table.constraints.find(own => own.local !== false && alike(constraint, own));
    const part = { ...(lent ?? constraint), local: false } as const;
    return { ...table, constraints: [...table.constraints.filter(own => own !== lent), part] };
  });
