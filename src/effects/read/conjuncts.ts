import { as, constant, strings, walk, type Body, type Tree } from '../../sql/nodes.ts';

/** The parts of an expression that are and-ed together. */
function parts(expression: Tree | undefined): Tree[] {
  const bool = as(expression, 'BoolExpr');
  if (bool?.boolop === 'AND_EXPR') return (bool.args ?? []).flatMap(parts);
  return expression ? [expression] : [];
}

const columnName = (node: Tree | undefined): string | undefined => {
  const reference = as(node, 'ColumnRef');
  return reference ? strings(reference.fields).at(-1) : undefined;
};

/** `col IS NOT NULL`: the only form from which NotNullImpliedByRelConstraints takes a proof (tablecmds.c, 12+). */
export const provesNotNull = (expression: Tree | undefined): string[] =>
  parts(expression).flatMap(part => {
    const test = as(part, 'NullTest');
    const name = test?.nulltesttype === 'IS_NOT_NULL' ? columnName(test.arg) : undefined;
    return name === undefined ? [] : [name];
  });

/** `created_at >= '2025-01-01'`, spelled alike for CHECKs and partition bounds; what has another form is left out. */
export function conjuncts(expression: Tree | undefined): string[] {
  return parts(expression).flatMap(part => {
    const test = as(part, 'NullTest');
    const nullable = columnName(test?.arg);
    if (test?.nulltesttype === 'IS_NOT_NULL' && nullable !== undefined) return [`${nullable} is not null`];
    const comparison = as(part, 'A_Expr');
    const column = columnName(comparison?.lexpr);
    const operator = strings(comparison?.name)[0];
    if (!comparison || column === undefined || operator === undefined) return [];
    if (comparison.kind === 'AEXPR_OP') {
      const value = constant(comparison.rexpr);
      return value === null ? [] : operator === '=' ? [inList(column, [value])] : [compare(column, operator, value)];
    }
    if (comparison.kind === 'AEXPR_IN' && operator === '=') {
      const values = as(comparison.rexpr, 'List')?.items?.map(constant) ?? [];
      return values.some(value => value === null) ? [] : [inList(column, values as string[])];
    }
    return [];
  });
}

export const compare = (column: string, operator: string, value: string): string => `${column} ${operator} ${value}`;
export const inList = (column: string, values: readonly string[]): string =>
  `${column} in ${JSON.stringify([...values].sort())}`;

export const isUnbounded = (node: Tree): boolean => {
  const datum = as(node, 'PartitionRangeDatum');
  if (datum) return datum.kind !== 'PARTITION_RANGE_DATUM_VALUE';
  const name = strings(as(node, 'ColumnRef')?.fields)[0];
  return name === 'minvalue' || name === 'maxvalue';
};

export const constants = (nodes: readonly Tree[] | undefined): (string | null)[] => (nodes ?? []).map(constant);

const COMPARING: ReadonlySet<string> = new Set(['=', '<>', '!=', '<', '<=', '>', '>=']);
const COMPARISONS: ReadonlySet<string> = new Set([
  'AEXPR_OP',
  'AEXPR_OP_ANY',
  'AEXPR_OP_ALL',
  'AEXPR_IN',
  'AEXPR_BETWEEN',
  'AEXPR_NOT_BETWEEN',
  'AEXPR_DISTINCT',
  'AEXPR_NOT_DISTINCT',
]);

/** Columns that an expression compares as they are, on the left or right of a comparison. */
export function comparing(expression: unknown): { readonly compares?: readonly string[] } {
  const compares = new Set<string>();
  walk(expression, (tag, body) => {
    if (tag !== 'A_Expr') return true;
    const { kind, name, lexpr, rexpr } = body as Body<'A_Expr'>;
    if (!COMPARISONS.has(kind ?? '') || (kind === 'AEXPR_OP' && !COMPARING.has(strings(name).at(-1) ?? '')))
      return true;
    for (const side of [lexpr, rexpr]) {
      const column = strings(as(side, 'ColumnRef')?.fields).at(-1);
      if (column !== undefined) compares.add(column);
    }
    return true;
  });
  return compares.size > 0 ? { compares: [...compares] } : {};
}
