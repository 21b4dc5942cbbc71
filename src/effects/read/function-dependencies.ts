import type { Catalog, Key } from '../../model/schema.ts';
import { qualified } from '../../sql/nodes.ts';
import { routineKeys } from './named-routines.ts';
import { eachUse } from './uses.ts';

/** The functions of the migrations that an expression or query calls, or that run behind it; nothing where there are none. */
export function functionCalls(
  expression: unknown,
  catalog: Catalog,
): { readonly calls?: readonly Key[]; readonly runs?: readonly Key[] } {
  if (catalog.routines.size === 0) return {};
  const calls = new Set<Key>();
  const runs = new Set<Key>();
  eachUse(expression, catalog, {
    call: ({ funcname }) => {
      for (const key of routineKeys(qualified(funcname), catalog)) calls.add(key);
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
