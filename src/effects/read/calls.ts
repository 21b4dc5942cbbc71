import type { Change } from '../../model/effect.ts';
import type { Routine } from '../../model/schema.ts';
import { as, constant, strings, walk, type Body } from '../../sql/nodes.ts';
import type { Reading } from '../reader.ts';
import { locate, relationAt } from '../resolve.ts';
import { readBody } from './plpgsql.ts';
import { serverCall } from './server-calls.ts';
import { ON_SEQUENCES, sequenceNamed } from './sequence-named.ts';

/** Functions that a query calls for their effect: set_config, nextval and its kin, and those that a migration has defined. */
export function calls(node: unknown, at: Reading, condition: string | null = null): Change[] {
  const changes: Change[] = [];
  walk(node, (tag, body) => {
    if (tag === 'FuncCall') changes.push(...call(body, at));
    return true;
  });
  return condition === null ? changes : changes.map(change => ({ condition, ...change }));
}

/** What one call does: what its body does, when a migration defines it; nothing that we know of otherwise. */
export function call(body: Body<'FuncCall'>, at: Reading): Change[] {
  const parts = strings(body.funcname);
  const name = parts.at(-1) ?? '';
  if (name === 'set_config') {
    const [setting, value, local] = (body.args ?? []).map(constant);
    if (typeof setting !== 'string') return [];
    if (typeof value !== 'string' && setting.toLowerCase() === 'search_path')
      return [{ kind: 'opaque', because: 'search_path is set to what is known only when it runs', dynamic: true }];
    return [
      { kind: 'set', setting: setting.toLowerCase(), value: value ?? null, local: local === 'true' || local === 't' },
    ];
  }
  const served = serverCall(body, at);
  if (served !== null) return served;
  if (ON_SEQUENCES.has(name)) {
    const sequence = sequenceNamed(body.args?.[0], at.catalog);
    if (sequence === null) return [];
    const relation = relationAt(sequence, at.catalog, 'sequence');
    return [{ kind: 'note-relation', relation, what: 'sequence', mode: 'ROW EXCLUSIVE', name: null }];
  }
  if (as(body.args?.[0], 'A_Star')) return [];
  const schema = locate({ schema: parts.at(-2) ?? null, name }, at.catalog, key => at.catalog.routines.has(key));
  const known = schema === null ? [] : (at.catalog.routines.get(`${schema}.${name}`) ?? []);
  return bodies(known, (body.args ?? []).map(constant), at);
}

/** By the number of arguments, some of which may have a default. */
function bodies(overloads: readonly Routine[], given: readonly (string | null)[], at: Reading): Change[] {
  const count = given.length;
  const exact = overloads.filter(routine => routine.arguments.length === count);
  const fitting = exact.length > 0 ? exact : overloads.filter(routine => routine.arguments.length > count);
  const [only] = fitting;
  if (only && fitting.length === 1) return readBody(only, at, given);
  const condition = 'which function of the name is called depends on the types';
  return fitting.flatMap(routine => readBody(routine, at, given).map(change => ({ condition, ...change })));
}
