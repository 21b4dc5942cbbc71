import { keyOf, type Catalog, type Key } from '../../model/schema.ts';
import { callersOf, editKey, relationOf } from '../edit.ts';
import { removeIndex } from '../remove-index.ts';
import { columns } from './columns.ts';
import { remove } from './tables.ts';

/** Columns that a function generates; up to 14 they go without CASCADE, too. */
export function dropGenerated(catalog: Catalog, key: Key): Catalog {
  let next = catalog;
  for (const table of callersOf(catalog, key))
    for (const { name, calls, inheritedOnly } of table.columns)
      if (calls?.includes(key) && !inheritedOnly)
        next = columns['drop-column'](next, {
          kind: 'drop-column',
          relation: relationOf(table),
          column: name,
          cascade: true,
        });
  return next;
}

/** What calls a function, and goes with it: triggers, defaults, generated columns, checks, indexes, policies and views. */
export function dropFunctionDependents(catalog: Catalog, key: Key): Catalog {
  const calls = (caller: { readonly calls?: readonly Key[] } | null): boolean => caller?.calls?.includes(key) === true;
  let next = dropGenerated(catalog, key);
  for (const table of callersOf(next, key)) {
    const own = keyOf(table);
    if (calls(table)) next = remove(next, own, true);
    for (const { name } of table.indexes.filter(calls)) next = removeIndex(next, keyOf({ schema: table.schema, name }));
    next = editKey(next, own, current => ({
      ...current,
      triggers: current.triggers.filter(trigger => trigger.function !== key),
      policies: current.policies.filter(policy => !calls(policy)),
      constraints: current.constraints.filter(constraint => !calls(constraint)),
      columns: current.columns.map(column => (calls(column.default) ? { ...column, default: null } : column)),
    }));
  }
  return next;
}
