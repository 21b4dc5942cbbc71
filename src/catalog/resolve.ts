import { relationOf, tableOf } from './edit.ts';
import type { Relation } from '../model/effect.ts';
import { keyOf, type Age, type Catalog, type Key, type RelationKind, type TypeRef } from '../model/schema.ts';
import { EXTENSION_TYPES } from './data/extension-types.ts';
import type { RangeVar } from '../sql/nodes.ts';

/** The schema that new objects go to: the first of the search path that is there. */
export const creationSchema = ({ searchPath, droppedSchemas }: Catalog): string =>
  searchPath.find(schema => !droppedSchemas.has(schema)) ?? 'public';

/** The schemas an unqualified name is looked for in: temporary objects first, unless they are named (manual, 20.11.1). */
export function lookup(path: readonly string[]): readonly string[] {
  let all = looked.get(path);
  if (!all) looked.set(path, (all = path.includes('pg_temp') ? path : ['pg_temp', ...path]));
  return all;
}
const looked = new WeakMap<readonly string[], readonly string[]>();

/** What is not in the catalog: from before the history begins, unless the history is whole. */
const unseenAge = (catalog: Catalog): Age => (catalog.partial.length > 0 ? 'unknown' : 'existing');

/** Finds a name through the search path; null when no schema of it holds the name. */
export function locate(
  { schema, name }: { readonly schema: string | null; readonly name: string },
  catalog: Catalog,
  has: (key: Key) => boolean,
): string | null {
  const normal = schema?.startsWith('pg_temp') ? 'pg_temp' : schema;
  if (normal !== null) return has(keyOf({ schema: normal, name })) ? normal : null;
  const first = along(catalog.searchPath, name, catalog, has);
  if (catalog.otherPaths.length === 0 || isOld(first, name, catalog)) return first;
  const others = catalog.otherPaths.map(path => along(path, name, catalog, has));
  return others.find(other => isOld(other, name, catalog)) ?? first ?? others.find(other => other !== null) ?? null;
}

/** One that may not be there hides no other: what is worse counts. */
function along(path: readonly string[], name: string, catalog: Catalog, has: (key: Key) => boolean): string | null {
  let first: string | null = null;
  for (const schema of lookup(path)) {
    const key = keyOf({ schema, name });
    if (!has(key)) continue;
    if (catalog.uncertain.size === 0 || !catalog.uncertain.has(key) || isOld(schema, name, catalog)) return schema;
    first ??= schema;
  }
  // Where not all is seen, there may be another behind it.
  return first === 'pg_temp' && catalog.partial.length > 0 ? null : first;
}

const isOld = (schema: string | null, name: string, { relations }: Catalog): boolean => {
  const age = schema === null ? undefined : relations.get(keyOf({ schema, name }))?.age;
  return age === 'existing' || age === 'unknown';
};

/** A relation named in a statement. One that was never seen gets `kind`, and the age that the catalog's gaps allow. */
export function resolve(
  range: Pick<RangeVar, 'schemaname' | 'relname'> | undefined,
  catalog: Catalog,
  kind: RelationKind = 'table',
): Relation {
  return resolveName({ schema: range?.schemaname ?? null, name: range?.relname ?? '' }, catalog, kind);
}

export function resolveName(
  { schema, name }: { readonly schema: string | null; readonly name: string },
  catalog: Catalog,
  kind: RelationKind = 'table',
): Relation {
  const resolved = locate({ schema, name }, catalog, key => catalog.relations.has(key));
  const table = resolved === null ? undefined : tableOf(catalog, { schema: resolved, name });
  if (table) return relationOf(table);
  return { schema: schema ?? creationSchema(catalog), name, kind, age: unseenAge(catalog) };
}

/** The table of an index, and the index's own schema; null when the index was never seen. */
export function resolveIndex(
  { schema, name }: { readonly schema: string | null; readonly name: string },
  catalog: Catalog,
): Relation | null {
  const resolved = locate({ schema, name }, catalog, key => catalog.indexes.has(key));
  const owner = resolved === null ? undefined : catalog.indexes.get(keyOf({ schema: resolved, name }));
  const table = owner === undefined ? undefined : catalog.relations.get(owner);
  return table ? relationOf(table) : null;
}

/** A type as the search path finds it: the catalog's own types win over pg_catalog only when they are qualified (pg_catalog comes first). */
export function resolveType(type: TypeRef, catalog: Catalog): TypeRef {
  if (type.schema !== '') return type;
  const resolved = locate(
    { schema: null, name: type.name },
    catalog,
    key => catalog.types.has(key) || catalog.relations.has(key),
  );
  return { ...type, schema: resolved ?? extensionSchema(type.name, catalog) ?? 'pg_catalog' };
}

function extensionSchema(type: string, catalog: Catalog): string | undefined {
  const extension = EXTENSION_TYPES.get(type);
  return extension === undefined ? undefined : catalog.extensions.get(extension)?.schema;
}

/** A relation by its key, for effects on second tables. */
export function relationAt(key: Key, catalog: Catalog, kind: RelationKind = 'table'): Relation {
  const table = catalog.relations.get(key);
  if (table) return relationOf(table);
  const dot = key.indexOf('.');
  return { schema: key.slice(0, dot), name: key.slice(dot + 1), kind, age: unseenAge(catalog) };
}

/** IF NOT EXISTS finds a relation of any kind under the name. */
export const exists = (relation: Relation, { catalog }: { readonly catalog: Catalog }): boolean =>
  catalog.relations.has(keyOf(relation)) || catalog.indexes.has(keyOf(relation));
