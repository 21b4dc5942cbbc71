import { keyOf, type Catalog, type Key } from '../../model/schema.ts';
import { qualified, walk, type Body } from '../../sql/nodes.ts';
import { locate } from '../resolve.ts';

/** The functions of the migrations that an expression or query calls; nothing where there are none. */
export function calledIn(expression: unknown, catalog: Catalog): { calls?: readonly Key[] } {
  const calls = new Set<Key>();
  if (catalog.routines.size > 0)
    walk(expression, (tag, body) => {
      if (tag !== 'FuncCall') return true;
      const name = qualified((body as Body<'FuncCall'>).funcname);
      const schema = locate(name, catalog, key => catalog.routines.has(key));
      if (schema !== null) calls.add(keyOf({ schema, name: name.name }));
      return true;
    });
  return calls.size > 0 ? { calls: [...calls] } : {};
}
