import type { ChangeOf } from '../model/effect.ts';
import { keyOf, type Catalog, type Key, type Routine } from '../model/schema.ts';
import { callersOf } from './edit.ts';

interface Calling {
  readonly calls?: readonly Key[];
}

/** Some overloads of a function change; where none keeps its name, what calls it follows. */
export function alterRoutine(
  catalog: Catalog,
  key: Key,
  to: ChangeOf<'alter-routine'>['to'],
  isMeant: (routine: Routine) => boolean = () => true,
): Catalog {
  const known = catalog.routines.get(key) ?? [];
  const kept = known.filter(routine => !isMeant(routine));
  const altered = known.filter(isMeant).map(routine => ({ ...routine, ...to }));
  const [first] = altered;
  if (!first) return catalog;
  const now = keyOf(first);
  const left = kept.length > 0 ? catalog.routines.with(key, kept) : catalog.routines.without(key);
  const routines = left.with(now, [...(left.get(now) ?? []), ...altered]);
  if (now === key || kept.length > 0) return { ...catalog, routines };
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
