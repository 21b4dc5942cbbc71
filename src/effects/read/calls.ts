import type { Change } from '../../model/effect.ts';
import { as, constant, strings, walk, type Body } from '../../sql/nodes.ts';
import type { Reading } from '../reader.ts';
import { locate } from '../resolve.ts';
import { readBody } from './plpgsql.ts';

/** Functions that a query calls for their effect: set_config, and those that a migration has defined. */
export function calls(node: unknown, at: Reading): Change[] {
  const changes: Change[] = [];
  walk(node, (tag, body) => {
    if (tag === 'FuncCall') changes.push(...call(body, at));
    return true;
  });
  return changes;
}

/** What one call does: what its body does, when a migration defines it; nothing that we know of otherwise. */
export function call(body: Body<'FuncCall'>, at: Reading): Change[] {
  const parts = strings(body.funcname);
  const name = parts.at(-1) ?? '';
  if (name === 'set_config') {
    const [setting, value, local] = (body.args ?? []).map(constant);
    if (typeof setting !== 'string') return [];
    return [
      { kind: 'set', setting: setting.toLowerCase(), value: value ?? null, local: local === 'true' || local === 't' },
    ];
  }
  if (as(body.args?.[0], 'A_Star')) return [];
  const schema = locate({ schema: parts.at(-2) ?? null, name }, at.catalog, key => at.catalog.routines.has(key));
  const overloads = schema === null ? [] : (at.catalog.routines.get(`${schema}.${name}`) ?? []);
  return overloads.flatMap(routine => (routine.body === null || overloads.length > 1 ? [] : readBody(routine, at)));
}
