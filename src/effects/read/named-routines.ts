import { keyOf, type Catalog, type Key, type Routine } from '../../model/schema.ts';
import { hasRoutine } from '../../catalog/named.ts';
import { lookup } from '../../catalog/resolve.ts';
import { isSupplied } from '../volatility.ts';

interface Name {
  readonly schema: string | null;
  readonly name: string;
}

/** The keys under which the migrations have functions that a name may mean: of every schema of the search path. */
export function routineKeys({ schema, name }: Name, catalog: Catalog): Key[] {
  const { routines } = catalog;
  if (routines.size === 0) return [];
  const places =
    schema === null
      ? [...new Set([catalog.searchPath, ...catalog.otherPaths].flatMap(lookup))]
      : [schema.startsWith('pg_temp') ? 'pg_temp' : schema];
  const keys = places.map(place => keyOf({ schema: place, name })).filter(key => routines.has(key));
  return keys.length > 0 || schema !== null || isSupplied(name) ? keys : anywhere(name, routines);
}

/** By name alone: on no schema of the path that is known, so that the server's path must be another. */
function anywhere(name: string, routines: Catalog['routines']): Key[] {
  if (!hasRoutine(name, { routines })) return [];
  let keysByName = byName.get(routines);
  if (!keysByName) {
    keysByName = new Map();
    for (const [key, [routine]] of routines.entries())
      if (routine) keysByName.set(routine.name, [...(keysByName.get(routine.name) ?? []), key]);
    byName.set(routines, keysByName);
  }
  return keysByName.get(name) ?? [];
}

const byName = new WeakMap<Catalog['routines'], Map<string, Key[]>>();

/** Those that take a number of arguments; all where none is known to. */
export function fitting(overloads: readonly Routine[], count: number): readonly Routine[] {
  const exact = overloads.filter(({ arguments: types, kind }) => types.length === count || kind === 'aggregate');
  if (exact.length > 0) return exact;
  // Some arguments have a default, or the last takes many values.
  const wide = overloads.filter(
    ({ arguments: types, variadic }) => types.length > count || (variadic === true && count >= types.length - 1),
  );
  return wide.length > 0 ? wide : overloads;
}
