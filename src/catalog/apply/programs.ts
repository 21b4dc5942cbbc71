import { keyOf, signature, type Table } from '../../model/schema.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { edit } from '../edit.ts';
import { alterRoutine } from '../alter-routine.ts';
import { dropFunctionDependents, dropGenerated } from './function-dependents.ts';

const withoutRule = (table: Table, rule: string): Table => ({
  ...table,
  rules: table.rules.filter(name => name !== rule),
  ...(table.rewrites && { rewrites: table.rewrites.filter(rewrite => rewrite.rule !== rule) }),
});

export const programs = {
  'create-view': (catalog, { view }) => ({ ...catalog, relations: catalog.relations.with(keyOf(view), view) }),
  'alter-view': (catalog, { relation, runs = [] }) =>
    runs.length === 0 ? catalog : edit(catalog, relation, view => ({ ...view, runs: [...(view.runs ?? []), ...runs] })),
  refresh: unchanged,
  'create-trigger': (catalog, { relation, trigger }) =>
    edit(catalog, relation, table => ({
      ...table,
      triggers: [...table.triggers.filter(existing => existing.name !== trigger.name), trigger],
    })),
  'drop-trigger': (catalog, { relation, trigger }) =>
    edit(catalog, relation, table => ({
      ...table,
      triggers: table.triggers.filter(existing => existing.name !== trigger),
    })),
  'rename-trigger': (catalog, { relation, trigger, to }) =>
    edit(catalog, relation, table => ({
      ...table,
      triggers: table.triggers.map(existing => (existing.name === trigger ? { ...existing, name: to } : existing)),
    })),
  'enable-trigger': (catalog, { relation, trigger, enabled }) =>
    edit(catalog, relation, table => ({
      ...table,
      triggers: table.triggers.map(existing =>
        existing.name === trigger || trigger === 'all' || trigger === 'user' ? { ...existing, enabled } : existing,
      ),
    })),
  'create-policy': (catalog, { relation, policy }) =>
    edit(catalog, relation, table => ({ ...table, policies: [...table.policies, policy] })),
  'alter-policy': (catalog, { relation, policy, to }) =>
    edit(catalog, relation, table => ({
      ...table,
      policies: table.policies.map(existing =>
        existing.name === policy.name ? (to === undefined ? policy : { ...existing, name: to }) : existing,
      ),
    })),
  'drop-policy': (catalog, { relation, policy }) =>
    edit(catalog, relation, table => ({
      ...table,
      policies: table.policies.filter(existing => existing.name !== policy),
    })),
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
      rules: table.rules.map(name => (name === rule ? to : name)),
      ...(table.rewrites && {
        rewrites: table.rewrites.map(rewrite => (rewrite.rule === rule ? { ...rewrite, rule: to } : rewrite)),
      }),
    })),
  'create-routine': (catalog, { routine }) => {
    const overloads = (catalog.routines.get(keyOf(routine)) ?? []).filter(
      overload => signature(overload.arguments) !== signature(routine.arguments),
    );
    return { ...catalog, routines: catalog.routines.with(keyOf(routine), [...overloads, routine]) };
  },
  'drop-routine': (catalog, { key, arguments: types, cascade }) => {
    const remaining = (catalog.routines.get(key) ?? []).filter(
      overload => types !== null && signature(overload.arguments) !== signature(types),
    );
    const routines = remaining.length > 0 ? catalog.routines.with(key, remaining) : catalog.routines.without(key);
    if (remaining.length > 0) return { ...catalog, routines };
    return cascade
      ? dropFunctionDependents({ ...catalog, routines }, key)
      : dropGenerated({ ...catalog, routines }, key);
  },
  'add-support': (catalog, { of: supported, routines }) => ({
    ...catalog,
    support: catalog.support.with(supported, [...new Set([...(catalog.support.get(supported) ?? []), ...routines])]),
  }),
  'set-event-trigger': (catalog, { name, trigger }) => ({
    ...catalog,
    eventTriggers: trigger ? catalog.eventTriggers.with(name, trigger) : catalog.eventTriggers.without(name),
  }),
  'alter-routine': (catalog, { key, arguments: types, to }) =>
    alterRoutine(catalog, key, to, routine => types === null || signature(routine.arguments) === signature(types)),
} satisfies Partial<Apply>;
