import type { Change } from '../../model/effect.ts';
import type { Routine } from '../../model/schema.ts';
import { valueOf } from '../../sql/constant-text.ts';
import { as, qualified, strings, type Body, type Tree } from '../../sql/nodes.ts';
import type { Reading } from '../reader.ts';
import { relationAt } from '../../catalog/resolve.ts';
import { readBody, run, type Arguments } from './bodies.ts';
import { extensionCall } from './extension-calls.ts';
import { fitting, routineKeys } from './named-routines.ts';
import { ownCalls } from './own-calls.ts';
import { RUN_TEXT } from './run-text.ts';
import { serverCall } from './server-calls.ts';
import { ON_SEQUENCES, sequenceNamed } from './sequence-named.ts';
import { otherStrings } from './string-syntax.ts';
import { eachUse } from './uses.ts';

const BY_TYPES = 'whether it is called depends on the argument types';

/**
 * What a query calls for its effect: set_config, nextval and its kin, functions that run a text, and what the migrations
 * have defined, also behind an operator or a cast. The same call is read once.
 */
export function calls(node: unknown, at: Reading, condition: string | null = null): Change[] {
  const changes: Change[] = [];
  const read = new Set<string>();
  eachUse(node, at.catalog, {
    call: body => {
      const id = JSON.stringify([strings(body.funcname), (body.args ?? []).map(argument => textOf(argument))]);
      if (!read.has(id)) changes.push(...call(body, at));
      read.add(id);
    },
    behind: keys => {
      const fresh = keys.filter(key => !read.has(key));
      for (const key of fresh) read.add(key);
      if (fresh.length > 0) changes.push(...run(fresh, at, BY_TYPES));
    },
  });
  return condition === null ? changes : changes.map(change => ({ condition, ...change }));
}

const textOf = (argument: Tree): string | null => valueOf(as(argument, 'NamedArgExpr')?.arg ?? argument, new Map());

/** What one call does: what its body does, when a migration defines it; nothing that we know of otherwise. */
function call(body: Body<'FuncCall'>, at: Reading): Change[] {
  const name = qualified(body.funcname);
  const own = defined(body, at);
  if (own.length > 0) return own;
  if (name.name === 'set_config') {
    const own = ownCalls(at.catalog);
    const [setting, value, local] = (body.args ?? []).map(argument => valueOf(argument, own));
    if (typeof setting !== 'string')
      return [{ kind: 'opaque', because: 'which setting is changed is known only at run time', dynamic: true }];
    if (typeof value !== 'string' && setting.toLowerCase() === 'search_path')
      return [{ kind: 'opaque', because: 'the value of search_path is known only at run time', dynamic: true }];
    return [
      { kind: 'set', setting: setting.toLowerCase(), value: value ?? null, local: local === 'true' || local === 't' },
      ...otherStrings(setting, value ?? null),
    ];
  }
  const served = serverCall(body, at);
  if (served !== null) return served;
  const extended = extensionCall(body, at);
  if (extended !== null) return extended;
  if (ON_SEQUENCES.has(name.name)) {
    const sequence = sequenceNamed(body.args?.[0], at.catalog);
    if (sequence === null) return [];
    const relation = relationAt(sequence, at.catalog, 'sequence');
    return [{ kind: 'note-relation', relation, what: 'sequence', mode: 'ROW EXCLUSIVE', name: null }];
  }
  return [...(RUN_TEXT.get(name.name)?.(body.args ?? [], at) ?? [])];
}

/** What the functions of the migrations do that the call may mean. */
function defined({ funcname, args = [] }: Body<'FuncCall'>, at: Reading): Change[] {
  const overloads = routineKeys(qualified(funcname), at.catalog).flatMap(key => at.catalog.routines.get(key) ?? []);
  const candidates = fitting(overloads, args.length);
  const [only] = candidates;
  if (only && candidates.length === 1) return readBody(only, at, givenTo(only, args));
  const condition = 'which function of this name is called depends on the argument types';
  return candidates.flatMap(routine =>
    readBody(routine, at, givenTo(routine, args)).map(change => ({ condition, ...change })),
  );
}

/** The constants among the arguments, in the order in which the function has them. */
function givenTo({ parameters }: Routine, args: readonly Tree[]): Arguments {
  const values: (string | null)[] = [];
  for (const [nth, argument] of args.entries()) {
    const name = as(argument, 'NamedArgExpr')?.name;
    const place = name === undefined ? nth : parameters.indexOf(name);
    if (place < 0) continue;
    while (values.length < place) values.push(null);
    values[place] = textOf(argument);
  }
  return { values, count: args.length };
}
