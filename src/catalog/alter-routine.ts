import type { ChangeOf } from '../model/effect.ts';
import { keyOf, type Catalog, type Key, type Routine } from '../model/schema.ts';
import { callersOf } from './edit.ts';

interface Calling {
  readonly calls?: readonly Key[];
  readonly runs?: readonly Key[];
}

/** Some overloads of a function change; where none keeps its name, what calls it follows. */
export function alterRoutine(
  catalog: Catalog,
  key: Key,
  to: ChangeOf<'alter-routine'>['to'],
  isMeant: (routine: Routine) => boolean = () => true,
): Catalog {
  const overloads = catalog.routines.get(key) ?? [];
  const unaltered = overloads.filter(routine => !isMeant(routine));
  const altered = overloads.filter(isMeant).map(routine => ({ ...routine, ...to }));
  const [first] = altered;
  if (!first) return catalog;
  const now = keyOf(first);
  const remaining = unaltered.length > 0 ? catalog.routines.with(key, unaltered) : catalog.routines.without(key);
  const routines = remaining.with(now, [...(remaining.get(now) ?? []), ...altered]);
  if (now === key || unaltered.length > 0) return { ...catalog, routines };
  const swap = <V extends Calling>(calling: V): V => ({
    ...calling,
    ...(calling.calls && { calls: swapped(calling.calls, key, now) }),
    ...(calling.runs && { runs: swapped(calling.runs, key, now) }),
  });
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
  return { ...renamedBehind(catalog, key, now), relations, routines: renamedWithin(routines, key, now) };
}

const renamedWithin = (routines: Catalog['routines'], key: Key, now: Key): Catalog['routines'] => {
  let next = routines;
  for (const [name, overloads] of routines.entries())
    if (overloads.some(({ runs }) => runs?.includes(key)))
      next = next.with(
        name,
        overloads.map(routine => ({ ...routine, ...(routine.runs && { runs: swapped(routine.runs, key, now) }) })),
      );
  return next;
};

const swapped = (keys: readonly Key[], key: Key, now: Key): Key[] => keys.map(other => (other === key ? now : other));

/** Operators, types and event triggers follow, too. */
function renamedBehind(catalog: Catalog, key: Key, now: Key): Catalog {
  let { support, eventTriggers } = catalog;
  for (const [supported, keys] of support.entries())
    if (keys.includes(key)) support = support.with(supported, swapped(keys, key, now));
  for (const [name, trigger] of eventTriggers.entries())
    if (trigger.function === key) eventTriggers = eventTriggers.with(name, { ...trigger, function: now });
  return { ...catalog, support, eventTriggers };
}
