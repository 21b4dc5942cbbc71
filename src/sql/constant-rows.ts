import { all, as, isNullConstant, strings, type Pg, type Tree } from './nodes.ts';
import { parseNow } from './parse-now.ts';
import { valueOf, type Bindings } from './constant-text.ts';

/** Rows of constants, and what the query calls their columns. */
export interface ConstantRows {
  readonly columns: readonly string[];
  /** Null is SQL's. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Longer loops are read once, for all rows alike. */
const MOST = 100;

/** What a query of nothing but constants yields: VALUES, by itself or in FROM, and unnest() of an array; else null. */
export function constantRows(query: string | null, bound: Bindings): ConstantRows | null {
  const [statement] = (query === null ? null : parseNow(query)) ?? [];
  const select = as(statement, 'SelectStmt');
  if (!select || select.whereClause || select.groupClause || select.limitCount || select.limitOffset) return null;
  if (select.valuesLists) return values(select, [], bound);
  const targets = all(select.targetList, 'ResTarget').map(({ val }) => val);
  if (!select.fromClause) {
    const call = targets.length === 1 ? as(targets[0], 'FuncCall') : undefined;
    return call ? unnested(call, 'unnest', bound) : null;
  }
  const source = select.fromClause.length === 1 ? sourceOf(select.fromClause[0], bound) : null;
  return source && chosen(targets, source);
}

/** The elements of `ARRAY['…', …]`; null when they are not constants. */
export function constantArray(expression: string | null, bound: Bindings): ConstantRows | null {
  const [statement] = (expression === null ? null : parseNow(`SELECT ${expression}`)) ?? [];
  const [target] = as(statement, 'SelectStmt')?.targetList ?? [];
  return elements(as(target, 'ResTarget')?.val, '', bound);
}

/** `FOR i IN 1..9`. */
export function constantRange(from: number, to: number): ConstantRows | null {
  if (!Number.isInteger(from) || !Number.isInteger(to) || to - from >= MOST) return null;
  return { columns: [''], rows: Array.from({ length: Math.max(0, to - from + 1) }, (_, nth) => [String(from + nth)]) };
}

function sourceOf(item: Tree | undefined, bound: Bindings): ConstantRows | null {
  const sub = as(item, 'RangeSubselect');
  const inner = as(sub?.subquery, 'SelectStmt');
  if (inner?.valuesLists) return values(inner, strings(sub?.alias?.colnames), bound);
  const range = as(item, 'RangeFunction');
  const [first] = as(range?.functions?.[0], 'List')?.items ?? [];
  const call = range?.functions?.length === 1 ? as(first, 'FuncCall') : undefined;
  const { aliasname = 'unnest', colnames } = range?.alias ?? {};
  return call ? unnested(call, strings(colnames)[0] ?? aliasname, bound) : null;
}

function values({ valuesLists }: Pg.SelectStmt, names: readonly string[], bound: Bindings): ConstantRows | null {
  const lists = all(valuesLists, 'List').map(({ items }) => (items ?? []).map(item => cell(item, bound)));
  const columns = (lists[0] ?? []).map((_, nth) => names[nth] ?? `column${nth + 1}`);
  return complete(columns, lists);
}

const unnested = ({ funcname, args }: Pg.FuncCall, name: string, bound: Bindings): ConstantRows | null =>
  strings(funcname).at(-1) === 'unnest' && args?.length === 1 ? elements(args[0], name, bound) : null;

function elements(node: Tree | undefined, name: string, bound: Bindings): ConstantRows | null {
  const cast = as(node, 'TypeCast');
  if (cast) return elements(cast.arg, name, bound);
  const array = as(node, 'A_ArrayExpr');
  return array
    ? complete(
        [name],
        (array.elements ?? []).map(element => [valueOf(element, bound)]),
      )
    : null;
}

/** Undefined where it is no constant. */
const cell = (node: Tree, bound: Bindings): string | null | undefined =>
  isNullConstant(node) ? null : (valueOf(node, bound) ?? undefined);

function complete(
  columns: readonly string[],
  rows: readonly (readonly (string | null | undefined)[])[],
): ConstantRows | null {
  const resolved = rows.filter((row): row is readonly (string | null)[] => row.every(value => value !== undefined));
  return resolved.length === rows.length && rows.length <= MOST ? { columns, rows: resolved } : null;
}

/** The columns that are asked for, by name or by *. */
function chosen(targets: readonly (Tree | undefined)[], { columns, rows }: ConstantRows): ConstantRows | null {
  const places: number[] = [];
  for (const target of targets) {
    const fields = as(target, 'ColumnRef')?.fields ?? [];
    if (as(fields.at(-1), 'A_Star')) places.push(...columns.keys());
    else places.push(columns.indexOf(strings(fields).at(-1) ?? ''));
  }
  if (places.includes(-1)) return null;
  return {
    columns: places.map(place => columns[place] ?? ''),
    rows: rows.map(row => places.map(place => row[place] ?? null)),
  };
}
