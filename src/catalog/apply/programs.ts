import { keyOf } from '../../model/schema.ts';
import { unchanged, type Apply } from '../apply-table.ts';
import { edit } from '../edit.ts';

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
  'alter-policy': unchanged,
  'drop-policy': (catalog, { relation, policy }) =>
    edit(catalog, relation, table => ({ ...table, policies: table.policies.filter(known => known.name !== policy) })),
  'create-rule': (catalog, { relation, rule }) =>
    edit(catalog, relation, table => ({ ...table, rules: [...table.rules.filter(known => known !== rule), rule] })),
  'drop-rule': (catalog, { relation, rule }) =>
    edit(catalog, relation, table => ({ ...table, rules: table.rules.filter(known => known !== rule) })),
  'enable-rule': unchanged,
  'create-routine': (catalog, { routine }) => {
    const overloads = (catalog.routines.get(keyOf(routine)) ?? []).filter(
      known => String(known.arguments.map(keyOf)) !== String(routine.arguments.map(keyOf)),
    );
    return { ...catalog, routines: catalog.routines.with(keyOf(routine), [...overloads, routine]) };
  },
  'drop-routine': (catalog, { key }) => ({ ...catalog, routines: catalog.routines.without(key) }),
  'alter-routine': (catalog, { key, volatility, renamed }) => {
    const overloads = catalog.routines.get(key);
    if (!overloads) return catalog;
    const changed = overloads.map(routine => ({
      ...routine,
      volatility: volatility ?? routine.volatility,
      name: renamed ?? routine.name,
    }));
    const [first] = changed;
    return { ...catalog, routines: catalog.routines.without(key).with(first ? keyOf(first) : key, changed) };
  },
};
