import { ofExtension } from '../../catalog/extension-dependents.ts';
import type { Catalog, Key } from '../../model/schema.ts';
import { qualified } from '../../sql/nodes.ts';
import { originOf } from '../known-functions.ts';
import { routineKeys } from './named-routines.ts';
import { eachUse } from './uses.ts';

/**
 * The functions of the migrations that an expression or query calls, or that run behind it, and the extensions whose functions
 * it calls; nothing where there are none.
 */
export function functionCalls(
  expression: unknown,
  catalog: Catalog,
): { readonly calls?: readonly Key[]; readonly runs?: readonly Key[] } {
  if (catalog.routines.size === 0 && catalog.extensions.size === 0) return {};
  const calls = new Set<Key>();
  const runs = new Set<Key>();
  eachUse(expression, catalog, {
    call: ({ funcname }) => {
      const named = qualified(funcname);
      const own = routineKeys(named, catalog);
      for (const key of own) calls.add(key);
      const origin = own.length > 0 || catalog.extensions.size === 0 ? null : originOf(named.schema, named.name);
      if (origin?.in === 'extension' && catalog.extensions.has(origin.extension))
        calls.add(ofExtension(origin.extension));
    },
    behind: keys => {
      for (const key of keys) runs.add(key);
    },
  });
  return { ...(calls.size > 0 && { calls: [...calls] }), ...(runs.size > 0 && { runs: [...runs] }) };
}

/** All that run, by name or behind. */
export const allFunctionCalls = (expression: unknown, catalog: Catalog): Key[] => {
  const { calls = [], runs = [] } = functionCalls(expression, catalog);
  return [...calls, ...runs];
};
