import type { PersistentMap } from '../model/persistent-map.ts';
import type { Age, Catalog, Key, Table, Type } from '../model/schema.ts';
import { withoutPending } from './pending-events.ts';
import { remove } from './apply/tables.ts';
import { emptyCatalog } from './empty.ts';

/** What the next transaction sees: objects of this one are there now, as history or as part of the pull request. */
export const commit = (catalog: Catalog, begun: Catalog, age: 'existing' | 'this-pr'): Catalog =>
  grow(endTransaction(catalog, begun), begun, 'this-transaction', age);

/** ON COMMIT DROP, and SET LOCAL is over. */
export function endTransaction(catalog: Catalog, begun: Catalog | null = null): Catalog {
  const { relations, searchPath, sessionPath } = catalog;
  const written = begun ? relations.writtenSince(begun.relations) : relations.entries().map(([key]) => key);
  const dropped: Key[] = [];
  const pending: Key[] = [];
  for (const key of written) {
    const table = relations.get(key);
    if (table?.dropsOnCommit) dropped.push(key);
    if (table?.pending) pending.push(key);
  }
  const next = withoutPending(
    dropped.reduce((rest, key) => remove(rest, key, true), catalog),
    pending,
  );
  return searchPath === sessionPath ? next : { ...next, searchPath: sessionPath };
}

/** The pull request is deployed: what it made is there for all. */
export const settle = (catalog: Catalog): Catalog => grow(catalog, emptyCatalog(), 'this-pr', 'existing');

/** A session, since it was `opened`, takes along what is in its temporary schema. */
export function endSession(catalog: Catalog, opened: Catalog): Catalog {
  let { routines, types } = catalog;
  for (const key of temporary(routines, opened.routines)) routines = routines.without(key);
  for (const key of temporary(types, opened.types)) types = types.without(key);
  let next = routines === catalog.routines && types === catalog.types ? catalog : { ...catalog, routines, types };
  for (const key of temporary(catalog.relations, opened.relations)) next = remove(next, key);
  return next;
}

const temporary = <V>(names: PersistentMap<V>, opened: PersistentMap<V>): readonly string[] =>
  names === opened ? [] : [...names.writtenSince(opened)].filter(key => key.startsWith('pg_temp.') && names.has(key));

/** What was written since `before` gets older. */
function grow(catalog: Catalog, before: Catalog, from: Age, to: Age): Catalog {
  const aged = <V extends { readonly age: Age }>(value: V): V => (value.age === from ? { ...value, age: to } : value);
  const relations = replace(catalog.relations, before.relations, table => settledTable(aged(table), from, to));
  const types = replace(catalog.types, before.types, type => usable(aged(type)));
  const schemas = replace(catalog.schemas, before.schemas, age => (age === from ? to : age));
  const extensions = replace(catalog.extensions, before.extensions, aged);
  const isSame =
    relations === catalog.relations &&
    types === catalog.types &&
    schemas === catalog.schemas &&
    extensions === catalog.extensions;
  return isSame ? catalog : { ...catalog, relations, types, schemas, extensions };
}

/** Its columns and constraints get older, too; what was emptied may be filled by others from now on. */
function settledTable(table: Table, from: Age, to: Age): Table {
  let next = table.emptied ? holdingRows(table) : table;
  if (next.constraints.some(({ age }) => age === from))
    next = { ...next, constraints: next.constraints.map(constraint => older(constraint, from, to)) };
  if (!next.columns.some(({ age }) => age === from)) return next;
  return { ...next, columns: next.columns.map(({ filled: _, ...column }) => older(column, from, to)) };
}

/** Without an age once it is deployed. */
function older<P extends { readonly age?: 'this-transaction' | 'this-pr' }>(
  { age, ...part }: P,
  from: Age,
  to: Age,
): P {
  if (age === undefined || (age === from && to !== 'this-pr')) return part as P;
  return { ...part, age: age === from ? 'this-pr' : age } as P;
}

const holdingRows = ({ emptied: _, ...table }: Table): Table => table;

/** New enum labels may be used once the transaction that added them has committed (55P04 before). */
const usable = (type: Type): Type => (type.fresh.length > 0 ? { ...type, fresh: [] } : type);

function replace<V>(names: PersistentMap<V>, before: PersistentMap<V>, update: (value: V) => V): PersistentMap<V> {
  if (names === before) return names;
  let next = names;
  for (const key of names.writtenSince(before)) {
    const value = next.get(key);
    if (value === undefined) continue;
    const updated = update(value);
    if (updated !== value) next = next.with(key, updated);
  }
  return next;
}
