import { keyOf, signature, type Table } from '../../model/schema.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { edit } from '../edit.ts';
import { alterRoutine } from '../alter-routine.ts';
import { dropFunctionDependents, dropGenerated } from './function-dependents.ts';

const withoutRule = (table: Table, rule: string): Table => ({
  ...table,
  rules: table.rules.filter(known => known !== rule),
  ...(table.rewrites && { rewrites: table.rewrites.filter(known => known.rule !== rule) }),
});

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
  | 'rename-rule'
  | 'create-routine'
  | 'drop-routine'
  | 'alter-routine'
  | 'add-support'
  | 'set-event-trigger'
> = {
  'create-view': (catalog, { view }) => ({ ...catalog, relations: catalog.relations.with(keyOf(view), view) }),
  'alter-view': (catalog, { relation, runs = [] }) =>
    runs.length === 0 ? catalog : edit(catalog, relation, view => ({ ...view, runs: [...(view.runs ?? []), ...runs] })),
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
  'create-policy': (catalog, { relation, policy }) =>
    edit(catalog, relation, table => ({ ...table, policies: [...table.policies, policy] })),
  'alter-policy': (catalog, { relation, policy, to }) =>
    edit(catalog, relation, table => ({
      ...table,
      policies: table.policies.map(known =>
        known.name === policy.name ? (to === undefined ? policy : { ...known, name: to }) : known,
      ),
    })),
  'drop-policy': (catalog, { relation, policy }) =>
    edit(catalog, relation, table => ({ ...table, policies: table.policies.filter(known => known.name !== policy) })),
  'create-rule': (catalog, { relation, rule, rewrite }) =>
    edit(catalog, relation, table => {
      const others = withoutRule(table, rule);
      return { ...others, rules: [...others.rules, rule], rewrites: [...(others.rewrites ?? []), rewrite] };
    }),
  'drop-rule': (catalog, { relation, rule }) => edit(catalog, relation, table => withoutRule(table, rule)),
  'enable-rule': unchanged,
  'rename-rule': (catalog, { relation, rule, to }) =>
    edit(catalog, relation, table => ({
      ...table,
      rules: table.rules.map(known => (known === rule ? to : known)),
      ...(table.rewrites && {
        rewrites: table.rewrites.map(known => (known.rule === rule ? { ...known, rule: to } : known)),
      }),
    })),
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
    if (left.length > 0) return { ...catalog, routines };
    return cascade
      ? dropFunctionDependents({ ...catalog, routines }, key)
      : dropGenerated({ ...catalog, routines }, key);
  },
  'add-support': (catalog, { of, routines }) => ({
    ...catalog,
    support: catalog.support.with(of, [...new Set([...(catalog.support.get(of) ?? []), ...routines])]),
  }),
  'set-event-trigger': (catalog, { name, trigger }) => ({
    ...catalog,
    eventTriggers: trigger ? catalog.eventTriggers.with(name, trigger) : catalog.eventTriggers.without(name),
  }),
  'alter-routine': (catalog, { key, arguments: types, to }) =>
    alterRoutine(catalog, key, to, routine => types === null || signature(routine.arguments) === signature(types)),
};
