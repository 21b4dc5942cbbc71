import type { IndexKeys } from '../model/persistent-map.ts';
import { chooseName } from '../model/object-names.ts';
import { keyOf, type Catalog, type Constraint, type Key, type Table } from '../model/schema.ts';
import { descendants, editKey } from './edit.ts';

/** Is one the other's copy? */
const alike = (a: Constraint, b: Constraint): boolean =>
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
    const lent = table.constraints.find(own => !own.inheritedOnly && alike(constraint, own));
    const part = {
      ...(lent ?? constraint),
      name: lent?.name ?? nameOfPart(table, constraint),
      inheritedOnly: true,
    } as const;
    return { ...table, constraints: [...table.constraints.filter(own => own !== lent), part] };
  });

/** What the whole is called, where the partition has nothing of that name (addFkRecurseReferencing). */
function nameOfPart({ name: table, constraints }: Table, { name, columns }: Constraint, part?: Constraint): string {
  const used = (other: string): boolean => constraints.some(own => own !== part && own.name === other);
  return used(name) ? chooseName(table, columns, 'fkey', used) : name;
}

/** What a partitioned table's foreign keys are between. */
const ofPartitioned: IndexKeys<Table> = table =>
  table.partitioning
    ? [keyOf(table), ...table.constraints.flatMap(({ references }) => (references ? keyOf(references) : []))]
    : [];

/** A column's new type makes the foreign keys that it is in anew, and their parts, which are named anew (ATPostAlterTypeParse). */
export function rebuildForeignKeys(catalog: Catalog, keys: ReadonlySet<Key>, column: string): Catalog {
  if (![...keys].some(key => catalog.relations.knows(key, ofPartitioned))) return catalog;
  let next = catalog;
  for (const table of catalog.relations.values()) {
    if (!table.partitioning) continue;
    const own = keys.has(keyOf(table));
    for (const whole of table.constraints)
      if (
        whole.references &&
        !whole.inheritedOnly &&
        ((own && whole.columns.includes(column)) ||
          (keys.has(keyOf(whole.references)) && whole.references.columns.includes(column)))
      )
        for (const child of descendants(next, keyOf(table)))
          next = editKey(next, keyOf(child), partition => {
            const part = partOf(partition, whole);
            const name = part && nameOfPart(partition, whole, part);
            return name === undefined || name === part?.name
              ? partition
              : { ...partition, constraints: partition.constraints.map(c => (c === part ? { ...c, name } : c)) };
          });
  }
  return next;
}

/** What a partition has of a foreign key of its parent. */
export function partOf({ constraints }: Table, whole: Constraint): Constraint | undefined {
  const parts = constraints.filter(own => own.inheritedOnly && alike(whole, own));
  return parts.find(({ name }) => name === whole.name) ?? parts[0];
}

/** A change to a foreign key that reaches its parts, all the down migration (AlterConstrEnforceability and its kin, tablecmds.c). */
export function editForeignKey(
  catalog: Catalog,
  key: Key,
  whole: Constraint,
  update: (constraint: Constraint) => Constraint,
): Catalog {
  const updated = (next: Catalog, owner: Key, constraint: Constraint): Catalog =>
    editKey(next, owner, table => ({
      ...table,
      constraints: table.constraints.map(own => (own === constraint ? update(own) : own)),
    }));
  return descendants(catalog, key).reduce(
    (next, table) => {
      const part = partOf(table, whole);
      return part ? updated(next, keyOf(table), part) : next;
    },
    updated(catalog, key, whole),
  );
}
