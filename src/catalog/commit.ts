import type { Names } from '../model/names.ts';
import type { Age, Catalog, Type } from '../model/schema.ts';
import { remove } from './apply/tables.ts';

/** What the next transaction sees: objects of this one are there now, as history or as part of the pull request. */
export const commit = (catalog: Catalog, age: 'existing' | 'this-pr'): Catalog =>
  grow(catalog, 'this-transaction', age);

/** The pull request is deployed: what it made is there for all. */
export const settle = (catalog: Catalog): Catalog => grow(catalog, 'this-pr', 'existing');

/** A session takes along what is in its temporary schema. */
export function endSession(catalog: Catalog): Catalog {
  let { routines, types } = catalog;
  for (const [key] of routines.entries()) if (key.startsWith('pg_temp.')) routines = routines.without(key);
  for (const [key] of types.entries()) if (key.startsWith('pg_temp.')) types = types.without(key);
  let next: Catalog = { ...catalog, routines, types };
  for (const [key] of catalog.relations.entries()) if (key.startsWith('pg_temp.')) next = remove(next, key);
  return next;
}

function grow(catalog: Catalog, from: Age, to: Age): Catalog {
  const ages = (names: Names<Age>): Names<Age> => replace(names, age => (age === from ? to : age));
  const aged = <V extends { readonly age: Age }>(value: V): V => (value.age === from ? { ...value, age: to } : value);
  return {
    ...catalog,
    relations: replace(catalog.relations, aged),
    types: replace(catalog.types, type => usable(aged(type))),
    schemas: ages(catalog.schemas),
    extensions: replace(catalog.extensions, aged),
  };
}

/** New enum labels may be used once the transaction that added them has committed (55P04 before). */
const usable = (type: Type): Type => (type.fresh.length > 0 ? { ...type, fresh: [] } : type);

function replace<V>(names: Names<V>, update: (value: V) => V): Names<V> {
  let next = names;
  for (const [key, value] of names.entries()) {
    const updated = update(value);
    if (updated !== value) next = next.with(key, updated);
  }
  return next;
}
