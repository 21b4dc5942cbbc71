import { ancestorsOf, descendants, referencing, relationOf } from './edit.ts';
import { partitionIndexName } from './partition-indexes.ts';
import type { Relation } from '../model/effect.ts';
import { keyOf, type Catalog, type Constraint, type Index, type Key, type Table } from '../model/schema.ts';
import { relationAt } from './resolve.ts';

/** Tables that a statement touches without naming them. */

export const tableAt = (relation: Relation, catalog: Catalog): Table | undefined =>
  catalog.relations.get(keyOf(relation));

/** Partitions and inheritance children. */
export const childrenOf = (relation: Relation, catalog: Catalog): Relation[] =>
  descendants(catalog, keyOf(relation)).map(relationOf);

/** The partitioned tables above a partition. */
export const ancestors = (relation: Relation, catalog: Catalog): Relation[] =>
  ancestorsOf(catalog, keyOf(relation)).map(key => relationAt(key, catalog));

/** The relation and its children: where a lock or a rewrite recurses. */
export const withInheritors = (relation: Relation, catalog: Catalog): Relation[] => [
  relation,
  ...childrenOf(relation, catalog),
];

/** Of the relation and its children, those named. */
export const withListedInheritors = (relation: Relation, keys: ReadonlySet<Key>, catalog: Catalog): Relation[] =>
  withInheritors(relation, catalog).filter(member => keys.has(keyOf(member)));

/** The relation and its partitions. Indexes, keys and foreign keys of a table do not reach inheritance children. */
export const withPartitions = (relation: Relation, catalog: Catalog): Relation[] =>
  relation.kind === 'partitioned-table' ? withInheritors(relation, catalog) : [relation];

/** Neither a partitioned parent nor a view nor what another server holds. */
export const holdsRows = ({ kind }: Relation): boolean => kind === 'table' || kind === 'materialized-view';

/** Those of the family that hold rows: not a partitioned parent. */
export const leafRelations = (relation: Relation, catalog: Catalog): Relation[] =>
  withInheritors(relation, catalog).filter(holdsRows);

/** Where the rows of an indexed or referring relation are: in its partitions, else in itself. */
export const partitionRows = (relation: Relation, catalog: Catalog): Relation[] =>
  withPartitions(relation, catalog).filter(holdsRows);

export const target = (constraint: Constraint, catalog: Catalog): Relation | null =>
  constraint.references && relationAt(keyOf(constraint.references), catalog);

/** Of serial and identity columns, or of one of them. */
export const ownedSequences = (relation: Relation, catalog: Catalog, column: string | null = null): Relation[] =>
  catalog.relations
    .values()
    .filter(({ ownedBy }) => ownedBy?.table === keyOf(relation) && (column === null || ownedBy.column === column))
    .map(relationOf);

/** Tables that its foreign keys refer to. */
export const keyTargets = (relation: Relation, catalog: Catalog): Relation[] =>
  tableAt(relation, catalog)?.constraints.flatMap(c => target(c, catalog) ?? []) ?? [];

/** The same, but for a partition's part of its parent's foreign keys and for those not enforced, which have no triggers on the other table. */
export const ownTargets = (relation: Relation, catalog: Catalog): Relation[] =>
  tableAt(relation, catalog)?.constraints.flatMap(c =>
    c.inheritedOnly || !c.enforced ? [] : (target(c, catalog) ?? []),
  ) ?? [];

/** Where a foreign key to a relation has its triggers: up to 14 a partitioned table has none itself, only its partitions. */
export const triggered = (relation: Relation, catalog: Catalog, pg: number): Relation[] =>
  withPartitions(relation, catalog).filter(({ kind }) => pg >= 15 || kind !== 'partitioned-table');

/** Tables at the other end of a foreign key, in both directions. */
export function foreignKeyPartners(relation: Relation, catalog: Catalog): Relation[] {
  const own = ownTargets(relation, catalog);
  const others = referencing(catalog, keyOf(relation)).map(relationOf);
  const partners = new Map([...own, ...others].map(partner => [keyOf(partner), partner]));
  partners.delete(keyOf(relation));
  return [...partners.values()];
}

/** Views and materialized views that read the relation, and those that read them. */
export function dependentViews(key: string, catalog: Catalog, column: string | null = null): Relation[] {
  const views = new Map<string, Relation>();
  for (const keys = [key]; keys.length > 0;) {
    const current = keys.pop();
    for (const view of catalog.relations.values()) {
      const own = keyOf(view);
      const reads = view.reads.some(
        read =>
          read.relation === current &&
          (current !== key || column === null || read.columns === null || read.columns.includes(column)),
      );
      if (!reads || views.has(own)) continue;
      views.set(own, relationOf(view));
      keys.push(own);
    }
  }
  return [...views.values()];
}

/** Does a valid check prove that the column holds no null (NotNullImpliedByRelConstraints, 12+)? */
export const provedNotNull = (table: Table | undefined, column: string): boolean =>
  (table?.columns.some(tableAt => tableAt.name === column && tableAt.notNull) === true &&
    !table.constraints.some(c => c.type === 'not-null' && !c.valid && c.columns.includes(column))) ||
  table?.constraints.some(c => c.valid && c.enforced && c.provesNotNull.includes(column)) === true;

/** Where the history does not show the table's creation, what is not seen may be there. */
export const incomplete = (table: Table | undefined): boolean => table?.complete !== true;

/** What the index is called on the relation itself, or on one of its partitions. */
export const nameOn = (
  member: Relation,
  relation: Relation,
  { name, type, ...index }: Pick<Index, 'name' | 'columns' | 'names'> & { readonly type: Constraint['type'] | null },
  catalog: Catalog,
): string => (keyOf(member) === keyOf(relation) ? name : partitionIndexName(member, index, type, catalog));
