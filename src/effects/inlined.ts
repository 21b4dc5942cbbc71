import type { Catalog, Volatility } from '../model/schema.ts';
import type { Node } from '../model/source.ts';
import { all, as, qualified, walk, type Body, type Pg, type Tree } from '../sql/nodes.ts';
import { parseNow } from '../sql/parse-now.ts';
import { worse, volatility } from './volatility.ts';

/** Clauses of SELECT that keep a function from being inlined (inline_function, clauses.c; measured on 13 and 18). */
const CLAUSES = [
  'distinctClause',
  'intoClause',
  'fromClause',
  'whereClause',
  'groupClause',
  'havingClause',
  'windowClause',
  'valuesLists',
  'sortClause',
  'limitOffset',
  'limitCount',
  'lockingClause',
  'withClause',
  'larg',
] as const satisfies readonly (keyof Body<'SelectStmt'>)[];

const AGGREGATES = new Set(['count', 'sum', 'avg', 'min', 'max', 'array_agg', 'string_agg', 'json_agg', 'jsonb_agg']);

/**
 * The volatility that a call of an SQL function has where Postgres puts its body in the call's place; null where it
 * does not, and what the function is declared as counts.
 */
export function inlined(
  s: Pg.CreateFunctionStmt,
  body: string | null,
  { declared, catalog }: { declared: Volatility; catalog: Catalog },
): Volatility | null {
  const options = all(s.options, 'DefElem');
  if (s.returnType?.setof === true || options.some(({ defname }) => defname === 'set') || isOn(options, 'security'))
    return null;
  const expression = expressionOf(statementsOf(s.sql_body, body));
  if (!expression || isQuery(expression)) return null;
  const bodyVolatility = volatility(expression, catalog);
  // A body that is more volatile than its declaration is left where it is.
  if (worse(bodyVolatility, declared) !== declared) return null;
  // STRICT is kept unless the body is known to be strict in every argument.
  return isOn(options, 'strict') && s.parameters !== undefined && bodyVolatility !== declared
    ? 'unknown'
    : bodyVolatility;
}

const isOn = (options: readonly Pg.DefElem[], name: string): boolean =>
  options.some(({ defname, arg }) => defname === name && as(arg, 'Boolean')?.boolval === true);

/** The body as text, as RETURN or as BEGIN ATOMIC. */
export function statementsOf(tree: Tree | undefined, body: string | null): readonly (Tree | Node)[] {
  if (tree === undefined) return body === null ? [] : (parseNow(body) ?? []);
  return as(as(tree, 'List')?.items?.[0], 'List')?.items ?? [tree];
}

/** The one expression that the body yields. */
function expressionOf([only, ...others]: readonly (Tree | Node)[]): Tree | undefined {
  if (others.length > 0) return undefined;
  const returned = as(only, 'ReturnStmt')?.returnval;
  if (returned) return returned;
  const select = as(only, 'SelectStmt');
  if (!select || CLAUSES.some(clause => isGiven(select[clause]))) return undefined;
  const targets = all(select.targetList, 'ResTarget');
  return targets.length === 1 ? targets[0]?.val : undefined;
}

const isGiven = (clause: unknown): boolean => (Array.isArray(clause) ? clause.length > 0 : clause !== undefined);

/** Subqueries, aggregates and window functions are not expressions of one row. */
function isQuery(expression: Tree): boolean {
  let isFound = false;
  walk(expression, (tag, body) => {
    if (tag === 'SubLink') isFound = true;
    if (tag === 'FuncCall') {
      const { funcname, over, agg_star } = body as Body<'FuncCall'>;
      isFound ||= over !== undefined || agg_star === true || AGGREGATES.has(qualified(funcname).name);
    }
    return true;
  });
  return isFound;
}
