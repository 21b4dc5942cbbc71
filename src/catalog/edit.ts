import type { Relation } from '../model/effect.ts';
import type { IndexKeys } from '../model/persistent-map.ts';
import { keyOf, type Catalog, type Column, type Key, type Read, type Table } from '../model/schema.ts';

/** A relation of which only the name is known. */
export const unknownRelation = ({ schema, name, kind, age }: Relation): Table => ({
  schema,
  name,
  kind,
  persistence: schema === 'pg_temp' ? 'temporary' : 'permanent',
  age,
  complete: false,
  columns: [],
  constraints: [],
  indexes: [],
  triggers: [],
  policies: [],
  rules: [],
  statistics: [],
  rowSecurity: false,
  partitioning: null,
  partitionOf: null,
  inherits: [],
  ofType: null,
  reads: [],
  ownedBy: null,
  options: {},
  accessMethod: null,
  tablespace: null,
});

export const tableOf = (
  catalog: Catalog,
  relation: { readonly schema: string; readonly name: string },
): Table | undefined => catalog.relations.get(keyOf(relation));

/** The catalog with one relation updated; one that was never seen is entered as it becomes known. */
export function edit(catalog: Catalog, relation: Relation, update: (table: Table) => Table): Catalog {
  const key = keyOf(relation);
  const table = catalog.relations.get(key) ?? unknownRelation(relation);
  return { ...catalog, relations: catalog.relations.with(key, update(table)) };
}

/** The same for a relation that may not be there. */
export function editKey(catalog: Catalog, key: Key, update: (table: Table) => Table): Catalog {
  const table = catalog.relations.get(key);
  return table ? { ...catalog, relations: catalog.relations.with(key, update(table)) } : catalog;
}

export const editColumn = (table: Table, name: string, patch: Partial<Column>): Table => ({
  ...table,
  columns: table.columns.map(column => (column.name === name ? { ...column, ...patch } : column)),
});

/** Partitions and inheritance children, all the down migration. */
export function descendants(catalog: Catalog, key: Key): Table[] {
  const tables = new Map<Key, Table>();
  for (const parents = [key]; parents.length > 0;) {
    for (const child of catalog.children.get(parents.pop() ?? '') ?? []) {
      const table = catalog.relations.get(child);
      if (!table || tables.has(child)) continue;
      tables.set(child, table);
      parents.push(child);
    }
  }
  return [...tables.values()];
}

/** A circle, which the server refuses, is not made. */
export function addChild(catalog: Catalog, parent: Key, child: Key): Catalog {
  if (parent === child || descendants(catalog, child).some(table => keyOf(table) === parent)) return catalog;
  const others = (catalog.children.get(parent) ?? []).filter(key => key !== child);
  return { ...catalog, children: catalog.children.with(parent, [...others, child]) };
}

export function removeChild(catalog: Catalog, parent: Key, child: Key): Catalog {
  const remaining = (catalog.children.get(parent) ?? []).filter(key => key !== child);
  const children = remaining.length > 0 ? catalog.children.with(parent, remaining) : catalog.children.without(parent);
  return { ...catalog, children };
}

/** What makes the numbers of an identity column. */
export const identitySequence = (catalog: Catalog, key: Key, column: string): Table | undefined =>
  catalog.relations
    .values()
    .find(({ ownedBy }) => ownedBy?.identity && ownedBy.table === key && ownedBy.column === column);

/** Tables with a foreign key to this one. */
export const referencing = (catalog: Catalog, key: Key): Table[] =>
  catalog.relations.knows(key, referenced)
    ? catalog.relations.values().filter(table => referenced(table).includes(key))
    : [];

const referenced: IndexKeys<Table> = ({ constraints }) =>
  constraints.flatMap(({ references }) => (references ? [keyOf(references)] : []));

/** The parent of a partition, or those of an inheritance child. */
export const parentsOf = ({ partitionOf, inherits }: Table): readonly Key[] =>
  partitionOf ? [partitionOf.parent] : inherits;

/** The partitioned tables above a partition, the nearest first. */
export function ancestorsOf(catalog: Catalog, key: Key): Key[] {
  const parent = catalog.relations.get(key)?.partitionOf?.parent;
  return parent === undefined ? [] : [parent, ...ancestorsOf(catalog, parent)];
}

/** What of a relation may call functions: a view as a whole, else its parts. */
const evaluated = (
  table: Table,
): readonly ({ readonly calls?: readonly Key[]; readonly runs?: readonly Key[] } | null)[] => [
  table,
  ...table.policies,
  ...table.constraints,
  ...table.indexes,
  ...table.columns,
  ...table.columns.map(column => column.default),
];

/** Tables and views that call this function: by a trigger, or in an expression. */
export const callersOf = (catalog: Catalog, key: Key): Table[] =>
  catalog.relations
    .values()
    .filter(
      table =>
        table.triggers.some(trigger => trigger.function === key) ||
        evaluated(table).some(part => part?.calls?.includes(key) === true || part?.runs?.includes(key) === true),
    );

/** Tables with a default that calls the sequence. */
export const defaultsFrom = (catalog: Catalog, key: Key): Table[] =>
  catalog.relations.values().filter(table => table.columns.some(column => column.default?.sequence === key));

/** A default of another type that casts to this one on its way. */
export const castsTo = (column: Column, type: Key): boolean => column.default?.through?.includes(type) === true;

/** Is the relation among what is read, or its column? */
export const isRead = (reads: readonly Read[], key: Key, column: string | null): boolean =>
  reads.some(read => read.relation === key && (column === null || (read.columns?.includes(column) ?? true)));

/** Tables with a policy that reads the relation, or its column. */
export const policiesReading = (catalog: Catalog, key: Key, column: string | null = null): Table[] =>
  catalog.relations.values().filter(table => table.policies.some(({ reads }) => isRead(reads, key, column)));

/** As an effect names it. */
export const relationOf = ({ schema, name, kind, age }: Table): Relation => ({ schema, name, kind, age });

/** `opaque` marks the catalog: something may now exist that is not in it. */
export const markIncomplete = (catalog: Catalog, because: string): Catalog =>
  catalog.partial.includes(because) ? catalog : { ...catalog, partial: [...catalog.partial, because] };
