import { keyOf, type Catalog, type Key } from '../model/schema.ts';
import { callersOf } from './edit.ts';

interface Calling {
  readonly calls?: readonly Key[];
}

/** A new name for a function, and for it in what calls it. */
export function rekeyRoutine(
  catalog: Catalog,
  key: Key,
  to: { readonly schema?: string; readonly name?: string },
): Catalog {
  const [first, ...overloads] = (catalog.routines.get(key) ?? []).map(routine => ({ ...routine, ...to }));
  if (!first) return catalog;
  const now = keyOf(first);
  const routines = catalog.routines.without(key).with(now, [first, ...overloads]);
  const swap = <V extends Calling>(of: V): V =>
    of.calls?.includes(key) ? { ...of, calls: of.calls.map(called => (called === key ? now : called)) } : of;
  let { relations } = catalog;
  for (const table of callersOf(catalog, key))
    relations = relations.with(keyOf(table), {
      ...swap(table),
      triggers: table.triggers.map(trigger => (trigger.function === key ? { ...trigger, function: now } : trigger)),
      policies: table.policies.map(swap),
      constraints: table.constraints.map(swap),
      indexes: table.indexes.map(swap),
      columns: table.columns.map(column => ({ ...swap(column), default: column.default && swap(column.default) })),
    });
  return { ...catalog, relations, routines };
}
