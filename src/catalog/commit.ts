import type { Names } from '../model/names.ts';
import type { Age, Catalog } from '../model/schema.ts';

/** What the next transaction sees: objects of this one become visible, as history or as part of the pull request. */
export function commit(catalog: Catalog, age: 'existing' | 'this-pr'): Catalog {
  return {
    ...catalog,
    relations: grown(catalog.relations, age),
    types: grown(catalog.types, age),
    schemas: grownAges(catalog.schemas, age),
    extensions: grownAges(catalog.extensions, age),
    routines: catalog.routines,
  };
}

function grown<V extends { readonly age: Age }>(names: Names<V>, age: Age): Names<V> {
  let next = names;
  for (const [key, value] of names.entries())
    if (value.age === 'this-transaction') next = next.with(key, { ...value, age });
  return next;
}

function grownAges(names: Names<Age>, age: Age): Names<Age> {
  let next = names;
  for (const [key, value] of names.entries()) if (value === 'this-transaction') next = next.with(key, age);
  return next;
}
