import { keyOf, type Catalog, type Key, type TypeRef } from '../../model/schema.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { edit, editKey, triggeredBy } from '../edit.ts';

/** Modifiers are no part of a function's identity. */
const signature = (types: readonly TypeRef[]): string =>
  types.map(type => `${keyOf(type)}${type.array ? '[]' : ''}`).join();

/** Triggers go with the function that they call. */
function withoutTriggers(catalog: Catalog, key: Key): Catalog {
  let next = catalog;
  for (const table of triggeredBy(catalog, key))
    next = editKey(next, keyOf(table), known => ({
      ...known,
      triggers: known.triggers.filter(trigger => trigger.function !== key),
    }));
  return next;
}

/** A new name or schema for a function with all its overloads, and for it in the triggers that call it. */
export function rekeyRoutine(
  catalog: Catalog,
  key: Key,
  to: { readonly schema?: string; readonly name?: string },
): Catalog {
  const renamed = catalog.routines.get(key)?.map(routine => ({ ...routine, ...to }));
  if (!renamed?.[0]) return catalog;
  const renamedKey = keyOf(renamed[0]);
  let next: Catalog = { ...catalog, routines: catalog.routines.without(key).with(renamedKey, renamed) };
  if (renamedKey === key) return next;
  for (const table of triggeredBy(catalog, key))
    next = editKey(next, keyOf(table), known => ({
      ...known,
      triggers: known.triggers.map(trigger =>
        trigger.function === key ? { ...trigger, function: renamedKey } : trigger,
      ),
    }));
  return next;
}

export const programs: Pick<
  Apply,
  | 'create-view'
  | 'alter-view'
  | 'refresh'
  | 'create-trigger'
  | 'drop-trigger'
  | 'rename-trigger'
  | 'enable-trigger'
  | 'create-policy'
  | 'alter-policy'
  | 'drop-policy'
  | 'create-rule'
  | 'drop-rule'
  | 'enable-rule'
  | 'create-routine'
  | 'drop-routine'
  | 'alter-routine'
> = {
  'create-view': (catalog, { view }) => ({ ...catalog, relations: catalog.relations.with(keyOf(view), view) }),
  'alter-view': unchanged,
  refresh: unchanged,
  'create-trigger': (catalog, { relation, trigger }) =>
    edit(catalog, relation, table => ({
      ...table,
      triggers: [...table.triggers.filter(known => known.name !== trigger.name), trigger],
    })),
  'drop-trigger': (catalog, { relation, trigger }) =>
    edit(catalog, relation, table => ({ ...table, triggers: table.triggers.filter(known => known.name !== trigger) })),
  'rename-trigger': (catalog, { relation, trigger, to }) =>
    edit(catalog, relation, table => ({
      ...table,
      triggers: table.triggers.map(known => (known.name === trigger ? { ...known, name: to } : known)),
    })),
  'enable-trigger': (catalog, { relation, trigger, enabled }) =>
    edit(catalog, relation, table => ({
      ...table,
      triggers: table.triggers.map(known =>
        known.name === trigger || trigger === 'all' || trigger === 'user' ? { ...known, enabled } : known,
      ),
    })),
  'create-policy': (catalog, { relation, policy, reads }) =>
    edit(catalog, relation, table => ({ ...table, policies: [...table.policies, { name: policy, reads }] })),
  'alter-policy': (catalog, { relation, policy, reads, to }) =>
    edit(catalog, relation, table => ({
      ...table,
      policies: table.policies.map(known =>
        known.name === policy ? (to === undefined ? { ...known, reads } : { ...known, name: to }) : known,
      ),
    })),
  'drop-policy': (catalog, { relation, policy }) =>
    edit(catalog, relation, table => ({ ...table, policies: table.policies.filter(known => known.name !== policy) })),
  'create-rule': (catalog, { relation, rule }) =>
    edit(catalog, relation, table => ({ ...table, rules: [...table.rules.filter(known => known !== rule), rule] })),
  'drop-rule': (catalog, { relation, rule }) =>
    edit(catalog, relation, table => ({ ...table, rules: table.rules.filter(known => known !== rule) })),
  'enable-rule': unchanged,
  'create-routine': (catalog, { routine }) => {
    const overloads = (catalog.routines.get(keyOf(routine)) ?? []).filter(
      known => signature(known.arguments) !== signature(routine.arguments),
    );
    return { ...catalog, routines: catalog.routines.with(keyOf(routine), [...overloads, routine]) };
  },
  'drop-routine': (catalog, { key, arguments: types, cascade }) => {
    const left = (catalog.routines.get(key) ?? []).filter(
      known => types !== null && signature(known.arguments) !== signature(types),
    );
    const routines = left.length > 0 ? catalog.routines.with(key, left) : catalog.routines.without(key);
    return cascade && left.length === 0 ? withoutTriggers({ ...catalog, routines }, key) : { ...catalog, routines };
  },
  'alter-routine': (catalog, { key, volatility, renamed }) => {
    const overloads = catalog.routines.get(key);
    if (!overloads) return catalog;
    const changed = overloads.map(routine => ({ ...routine, volatility: volatility ?? routine.volatility }));
    const next = { ...catalog, routines: catalog.routines.with(key, changed) };
    return renamed === null ? next : rekeyRoutine(next, key, { name: renamed });
  },
};
