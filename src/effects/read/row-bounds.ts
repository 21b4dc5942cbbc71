import { keyOf, type Catalog, type Column, type Key, type Table } from '../../model/schema.ts';
import type { Node } from '../../model/source.ts';
import {
  all,
  as,
  constant,
  holds,
  isNullConstant,
  strings,
  walk,
  type Body,
  type Pg,
  type Tree,
} from '../../sql/nodes.ts';
import { resolve } from '../../catalog/resolve.ts';

/** Which rows a condition leaves. */
export interface Bounds {
  readonly bounded: boolean;
  readonly batched: boolean;
  /** As in the change. */
  readonly piecewise?: true;
}

/** A WHERE that names rows by a key range, ctid or a LIMITed sub-select keeps the batch small. */
function batched(where: Tree): boolean {
  let isBatched = false;
  walk(where, (tag, body) => {
    if (tag === 'SelectStmt' && (body as Body<'SelectStmt'>).limitCount) isBatched = true;
    if (tag === 'ColumnRef' && strings((body as Body<'ColumnRef'>).fields).at(-1) === 'ctid') isBatched = true;
    if (tag === 'A_Expr' && (body as Body<'A_Expr'>).kind === 'AEXPR_BETWEEN') isBatched = true;
    return true;
  });
  return isBatched;
}

/** `IN (SELECT … LIMIT n)` whose own condition holds for every row. */
function isPiecewise(where: Tree, table: Table | undefined): boolean {
  let isPiece = false;
  walk(where, (tag, body) => {
    if (tag !== 'SelectStmt') return true;
    const { limitCount, whereClause, fromClause = [] } = body as Body<'SelectStmt'>;
    const [from, ...others] = fromClause.map(item => as(item, 'RangeVar')?.relname);
    const isOwn = others.length === 0 && from === table?.name;
    isPiece ||= isOwn && limitCount !== undefined && (whereClause === undefined || takesAll(whereClause, table));
    return false;
  });
  return isPiece;
}

const isFalse = (node: Tree): boolean =>
  isNullConstant(node) || (as(node, 'A_Const') !== undefined && ['false', 'f', '0'].includes(constant(node) ?? ''));

/** It says the same of every row, for all that the text tells: it is true, names no column, or compares one with itself. */
function takesAll(node: Tree, table: Table | undefined): boolean {
  const bool = as(node, 'BoolExpr');
  if (bool?.boolop === 'OR_EXPR') return (bool.args ?? []).some(part => takesAll(part, table));
  if (bool?.boolop === 'AND_EXPR') return (bool.args ?? []).every(part => takesAll(part, table));
  const test = as(node, 'NullTest');
  const [tested] = strings(as(test?.arg, 'ColumnRef')?.fields).slice(-1);
  if (test?.nulltesttype === 'IS_NOT_NULL' && tested !== undefined)
    return SYSTEM.has(tested) || table?.columns.some(({ name, notNull }) => name === tested && notNull) === true;
  if (test?.nulltesttype === 'IS_NULL' && tested !== undefined)
    return table?.columns.some(column => column.name === tested && isEmpty(column)) === true;
  const compared = as(node, 'A_Expr');
  if (compared && takesNumbers(compared, table)) return true;
  const choice = as(node, 'CaseExpr');
  if (choice?.args && choice.defresult)
    return [choice.defresult, ...all(choice.args, 'CaseWhen').map(({ result }) => result)].every(
      result => result !== undefined && takesAll(result, table),
    );
  if (compared && isReflexive(compared) && isSameText(compared.lexpr, compared.rexpr)) return true;
  if (isOwnRows(node, table)) return true;
  return !isFalse(node) && !names(node);
}

/** The largest value of a sequence of `int`: a bound beyond it leaves nothing out. */
const LARGEST = 2 ** 31 - 1;

/** `id > 0` and the like: what numbers rows begins at 1, unless somebody says otherwise (CREATE SEQUENCE, MINVALUE). */
function takesNumbers({ kind, name, lexpr, rexpr }: Pg.A_Expr, table: Table | undefined): boolean {
  const named = strings(as(lexpr, 'ColumnRef')?.fields).at(-1);
  const column = table?.columns.find(known => known.name === named);
  if (!column || !(column.identity !== null || column.default?.sequence) || !column.notNull) return false;
  const bounds = (as(rexpr, 'List')?.items ?? (rexpr ? [rexpr] : [])).map(numberOf);
  const [low = NaN, high = NaN] = bounds;
  if (kind === 'AEXPR_BETWEEN') return low <= 1 && high >= LARGEST;
  if (kind === 'AEXPR_IN' || kind === 'AEXPR_OP') {
    const operator = strings(name).at(-1);
    if (operator === '<>') return bounds.length > 0 && bounds.every(bound => bound < 1);
    if (kind === 'AEXPR_OP' && operator === '>') return low < 1;
    if (kind === 'AEXPR_OP' && operator === '>=') return low <= 1;
    return kind === 'AEXPR_OP' && (operator === '<' || operator === '<=') && low >= LARGEST;
  }
  return false;
}

function numberOf(node: Tree): number {
  const minus = as(node, 'A_Expr');
  if (minus && strings(minus.name).join() === '-' && !minus.lexpr && minus.rexpr) return -numberOf(minus.rexpr);
  const text = as(node, 'A_Const') ? constant(node) : null;
  return text !== null && text !== '' ? Number(text) : NaN;
}

/** Columns of every row that are never null (manual, 5.6). */
const SYSTEM: ReadonlySet<string> = new Set(['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax']);

/** Holds where both sides are one value. */
const isReflexive = ({ kind, name }: Pg.A_Expr): boolean =>
  kind === 'AEXPR_NOT_DISTINCT' || (kind === 'AEXPR_OP' && ['=', '>=', '<='].includes(strings(name).at(-1) ?? ''));

/** The same expression over columns, whose value a function could not change from one call to the next. */
const isSameText = (one: Tree | undefined, right: Tree | undefined): boolean =>
  one !== undefined &&
  holds(one, ['ColumnRef']) &&
  !holds(one, ['FuncCall']) &&
  withoutPlaces(one) === withoutPlaces(right);

const withoutPlaces = (node: Tree | undefined): string | undefined =>
  JSON.stringify(node, (key, value: unknown) => (key === 'location' ? undefined : value));

/** `id IN (SELECT id FROM orders)`: the table's own values of the column, all of them. */
function isOwnRows(node: Tree, table: Table | undefined): boolean {
  const link = as(node, 'SubLink');
  const column = strings(as(link?.testexpr, 'ColumnRef')?.fields).at(-1);
  const select = as(link?.subselect, 'SelectStmt');
  if (link?.subLinkType !== 'ANY_SUBLINK' || column === undefined || !select || !table) return false;
  const { targetList, fromClause = [], whereClause, limitCount, groupClause, havingClause, op } = select;
  const [target, ...more] = all(targetList, 'ResTarget');
  const [from, ...others] = fromClause.map(item => as(item, 'RangeVar')?.relname);
  return (
    more.length + others.length === 0 &&
    from === table.name &&
    strings(as(target?.val, 'ColumnRef')?.fields).at(-1) === column &&
    limitCount === undefined &&
    groupClause === undefined &&
    havingClause === undefined &&
    (op ?? 'SETOP_NONE') === 'SETOP_NONE' &&
    (whereClause === undefined || takesAll(whereClause, table))
  );
}

/** Added in this transaction without a value, and not filled since. */
const isEmpty = ({ age, filled, default: value, generated, identity }: Column): boolean =>
  age === 'this-transaction' && !filled && (value === null || value.isNull) && generated === null && identity === null;

/** Whether it names a column, or a relation in a query of its own. */
const names = (node: Tree): boolean => holds(node, ['ColumnRef', 'RangeVar', 'CurrentOfExpr']);

/** The table of which a query returns every row; null where it has another source, a condition or a limit. */
export function wholeTable(query: Node | undefined, catalog: Catalog): Key | null {
  const select = as(query, 'SelectStmt');
  const [from, ...others] = select?.fromClause ?? [];
  const range = as(from, 'RangeVar');
  if (!select || !range || others.length > 0 || select.limitCount !== undefined || select.groupClause) return null;
  const key = keyOf(resolve(range, catalog));
  const { whereClause } = select;
  return whereClause === undefined || takesAll(whereClause, catalog.relations.get(key)) ? key : null;
}

export const boundsOf = (where: Tree | undefined, table: Table | undefined): Bounds => ({
  bounded: where !== undefined && !takesAll(where, table),
  batched: where !== undefined && batched(where),
  ...(where !== undefined && isPiecewise(where, table) ? { piecewise: true } : {}),
});

const VERBS: Readonly<Partial<Record<Pg.CmdType, 'update' | 'delete'>>> = {
  CMD_UPDATE: 'update',
  CMD_DELETE: 'delete',
};

/** What a MERGE may do to every row: its condition, or the lack of a source, takes in all of them. */
export function takenWhole(s: Pg.MergeStmt, catalog: Catalog): ('update' | 'delete')[] {
  const target = resolve(s.relation, catalog);
  const source = as(s.sourceRelation, 'RangeVar');
  const table = catalog.relations.get(`${target.schema}.${target.name}`);
  const other = source && resolve(source, catalog);
  const same = other?.name === target.name && other.schema === target.schema;
  const joined = s.joinCondition === undefined || takesAll(s.joinCondition, table);
  const verbs = all(s.mergeWhenClauses, 'MergeWhenClause').flatMap(when => {
    const verb = VERBS[when.commandType ?? 'CMD_NOTHING'];
    const any = when.condition === undefined || takesAll(when.condition, table);
    const bySource = when.matchKind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE';
    return verb && any && (joined || same || bySource) ? [verb] : [];
  });
  return [...new Set(verbs)];
}
