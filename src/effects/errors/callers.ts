import { callersOf } from '../../catalog/edit.ts';
import { indexedBy, needsExtension, ofExtension, typesOf } from '../../catalog/extension-dependents.ts';
import { isCertain } from '../../catalog/uncertain.ts';
import type { ChangeOf } from '../../model/effect.ts';
import { keyOf, type Catalog, type Key } from '../../model/schema.ts';
import { kindName } from './not-a-table.ts';
import { errorOf, type ErrorContext, type PredictedError } from './predicted-error.ts';

/** What calls a function, as the server names it; null for none that is certainly there. */
export function callerOf(key: Key, catalog: Catalog, pg: number): string | null {
  for (const user of callersOf(catalog, key)) {
    if (!isCertain(keyOf(user), catalog)) continue;
    const calls = (of: { readonly calls?: readonly Key[] } | null): boolean => of?.calls?.includes(key) === true;
    const trigger = user.triggers.find(one => one.function === key || calls(one));
    const policy = user.policies.find(calls);
    const constraint = user.constraints.find(calls);
    const index = user.indexes.find(calls);
    const column = user.columns.find(one => calls(one.default) || (calls(one) && pg >= 15));
    const caller =
      (trigger && `trigger ${trigger.name} on ${user.name}`) ??
      (policy && `policy ${policy.name} on ${user.name}`) ??
      (constraint && `constraint ${constraint.name} on ${user.name}`) ??
      (index && `index ${index.name}`) ??
      (column && `default value of column ${column.name} of ${user.name}`) ??
      (calls(user) ? `${kindName(user.kind)} ${user.name}` : undefined);
    if (caller !== undefined) return caller;
  }
  return null;
}

/** What needs an extension that is dropped without CASCADE. */
export function neededExtension(
  { extension, cascade }: ChangeOf<'drop-extension'>,
  { catalog, pg }: ErrorContext,
): PredictedError | null {
  if (cascade || !catalog.extensions.has(extension)) return null;
  const types = new Set(typesOf(extension, catalog));
  for (const table of catalog.relations.values()) {
    const column = table.columns.find(({ type }) => types.has(keyOf(type)));
    if (column && isCertain(keyOf(table), catalog))
      return errorOf('2BP01', `column ${column.name} of ${kindName(table.kind)} ${table.name} has a type of it`);
  }
  const indexed = indexedBy(extension, catalog).find(table => isCertain(keyOf(table), catalog));
  const index = indexed?.indexes.find(one => needsExtension(one, indexed, extension));
  const user = index ? `index ${index.name}` : callerOf(ofExtension(extension), catalog, pg);
  return user === null ? null : errorOf('2BP01', `${user} depends on it`);
}
