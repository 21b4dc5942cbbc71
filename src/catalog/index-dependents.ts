import { keyOf, type Catalog, type Constraint, type Index, type Key, type Table } from '../model/schema.ts';
import { partsOf } from './remove-index.ts';

type Test = (constraint: Constraint) => boolean;

/** Is it a foreign key that goes with a unique index, or with one of its parts on partitions? */
export function indexDependents(catalog: Catalog, key: Key, index: string): Test {
  const table = catalog.relations.get(key);
  if (!table) return () => false;
  const parts = partsOf(catalog, keyOf({ schema: table.schema, name: index }));
  const below = parts.flatMap(part => {
    const owner = catalog.relations.get(catalog.indexes.get(part) ?? '');
    const own = owner?.indexes.find(({ name }) => keyOf({ schema: owner.schema, name }) === part);
    return owner && own ? [indexDependents(catalog, keyOf(owner), own.name)] : [];
  });
  const tests = [restsOn(catalog, key, index), ...below];
  return constraint => tests.some(test => test(constraint));
}

/** Tables with such a foreign key. */
export const tablesWithDependents = (catalog: Catalog, key: Key, index: string): Table[] => {
  const rests = indexDependents(catalog, key, index);
  return catalog.relations.values().filter(table => table.constraints.some(rests));
};

/** Is it a foreign key that rests on this unique index, the first with its columns (transformFkeyCheckAttrs)? */
function restsOn(catalog: Catalog, key: Key, index: string): (constraint: Constraint) => boolean {
  const table = catalog.relations.get(key);
  const deferred = new Set(table?.constraints.flatMap(({ name, deferrable }) => (deferrable ? name : [])));
  const indexes =
    table?.indexes.filter(i => i.unique && !i.partial && !(i.constraint !== null && deferred.has(i.constraint))) ?? [];
  const alike = ({ columns }: Index, names: readonly string[]): boolean =>
    columns.length === names.length && names.every(name => columns.includes(name));
  return ({ references }) =>
    references !== null &&
    keyOf(references) === key &&
    indexes.find(candidate => alike(candidate, references.columns))?.name === index;
}
