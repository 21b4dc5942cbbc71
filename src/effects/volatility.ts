import { bare } from '../model/bare.ts';
import type { Catalog, Volatility } from '../model/schema.ts';
import { strings, walk, type Body, type Tree } from '../sql/nodes.ts';
import { IMMUTABLE, SOMETIMES_IMMUTABLE, STABLE, VOLATILE } from './data/routine-data.ts';
import { words } from './data/words.ts';
import { locate } from '../catalog/resolve.ts';

/** Functions of extensions that come with Postgres (contrib), as their scripts declare them. */
const CONTRIB: Readonly<Record<string, Volatility>> = bare({
  uuid_generate_v1: 'volatile',
  uuid_generate_v1mc: 'volatile',
  uuid_generate_v3: 'immutable',
  uuid_generate_v4: 'volatile',
  uuid_generate_v5: 'immutable',
  gen_random_bytes: 'volatile',
  gen_salt: 'volatile',
  digest: 'immutable',
  unaccent: 'stable',
});

let builtin: Map<string, Volatility> | null = null;

/** pg_proc.provolatile of a built-in function; the strictest of its overloads. */
function ofBuiltin(name: string): Volatility | undefined {
  builtin ??= new Map<string, Volatility>([
    ...words(IMMUTABLE).map(word => [word, 'immutable'] as const),
    ...words(STABLE).map(word => [word, 'stable'] as const),
    ...words(VOLATILE).map(word => [word, 'volatile'] as const),
  ]);
  return builtin.get(name);
}

/** Has pg_catalog a function of the name? */
export const isBuiltin = (name: string): boolean => ofBuiltin(name) !== undefined;

/** Does Postgres, or an extension that comes with it, have a function of the name? */
export const isSupplied = (name: string): boolean => isBuiltin(name) || name in CONTRIB;

const RANK: readonly Volatility[] = ['immutable', 'stable', 'unknown', 'volatile'];
/** The more volatile of two. */
export const worse = (a: Volatility, b: Volatility): Volatility => (RANK.indexOf(a) >= RANK.indexOf(b) ? a : b);

/**
 * The volatility of an expression as ATExecAddColumn decides it: after expression_planner has inlined simple SQL
 * functions. Casts and operators of pg_catalog are never volatile; an unseen function is `unknown`.
 */
export function volatility(expression: Tree | undefined, catalog: Catalog): Volatility {
  let worst: Volatility = 'immutable';
  walk(expression, (tag, body) => {
    if (tag === 'SQLValueFunction') worst = worse(worst, 'stable');
    if (tag === 'FuncCall') worst = worse(worst, ofCall(body, catalog));
    return true;
  });
  return worst;
}

function ofCall(call: Body<'FuncCall'>, catalog: Catalog): Volatility {
  const parts = strings(call.funcname);
  const name = parts.at(-1) ?? '';
  const schema = parts.at(-2) ?? null;
  if (schema === null || schema === 'pg_catalog') {
    const supplied = ofBuiltin(name);
    if (supplied) return supplied;
  }
  const place = locate({ schema, name }, catalog, key => catalog.routines.has(key));
  const overloads = place === null ? [] : (catalog.routines.get(`${place}.${name}`) ?? []);
  if (overloads.length > 0) return overloads.map(routine => routine.inlined ?? routine.volatility).reduce(worse);
  return CONTRIB[name] ?? 'unknown';
}

let sometimes: Set<string> | null = null;

/** Does the expression call what is not immutable, whichever overload is meant (contain_mutable_functions)? */
export function isMutable(expression: unknown, catalog: Catalog): boolean {
  let isFound = false;
  walk(expression, (tag, body) => {
    if (tag === 'SQLValueFunction') isFound = true;
    if (tag === 'FuncCall') isFound ||= isMutableCall(body, catalog);
    return true;
  });
  return isFound;
}

function isMutableCall(call: Body<'FuncCall'>, catalog: Catalog): boolean {
  const parts = strings(call.funcname);
  const name = parts.at(-1) ?? '';
  const schema = parts.at(-2) ?? null;
  sometimes ??= new Set(words(SOMETIMES_IMMUTABLE));
  const own = locate({ schema, name }, catalog, key => catalog.routines.has(key));
  // An overload of the migrations may be the one that is meant.
  if (own !== null || (schema !== null && schema !== 'pg_catalog')) return false;
  const supplied = ofBuiltin(name);
  return (supplied === 'stable' || supplied === 'volatile') && !sometimes.has(name);
}
