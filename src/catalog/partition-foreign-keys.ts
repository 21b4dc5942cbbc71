import { chooseName } from '../model/object-names.ts';
import { keyOf, type Catalog, type Constraint, type Key, type Table } from '../model/schema.ts';
import { descendants, editKey } from './edit.ts';

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

/**
 * The same for one foreign key: one of the partition's own that is alike becomes its part (tryAttachPartitionForeignKey);
 * a new one is named anew where its name is taken.
 */
export const inheritForeignKey = (catalog: Catalog, constraint: Constraint, child: Key): Catalog =>
  editKey(catalog, child, table => {
    const lent = table.constraints.find(own => own.local !== false && alike(constraint, own));
    const used = (name: string): boolean => table.constraints.some(own => own !== lent && own.name === name);
    const name =
      lent?.name ??
      (used(constraint.name) ? chooseName(table.name, constraint.columns, 'fkey', used) : constraint.name);
    const part = { ...(lent ?? constraint), name, local: false } as const;
    return { ...table, constraints: [...table.constraints.filter(own => own !== lent), part] };
  });

/** What a partition has of a foreign key of its parent. */
export function partOf({ constraints }: Table, whole: Constraint): Constraint | undefined {
  const parts = constraints.filter(own => own.local === false && alike(whole, own));
  return parts.find(({ name }) => name === whole.name) ?? parts[0];
}

/** A change to a foreign key that reaches its parts, all the way down (AlterConstrEnforceability and its kin, tablecmds.c). */
export function editForeignKey(
  catalog: Catalog,
  key: Key,
  whole: Constraint,
  update: (constraint: Constraint) => Constraint,
): Catalog {
  const of = (next: Catalog, owner: Key, known: Constraint): Catalog =>
    editKey(next, owner, table => ({
      ...table,
      constraints: table.constraints.map(own => (own === known ? update(own) : own)),
    }));
  return descendants(catalog, key).reduce(
    (next, table) => {
      const part = partOf(table, whole);
      return part ? of(next, keyOf(table), part) : next;
    },
    of(catalog, key, whole),
  );
}
