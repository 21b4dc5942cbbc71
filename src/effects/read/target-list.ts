import type { Catalog, Column, Table, ViewColumn } from '../../model/schema.ts';
import { all, as, strings, typeRef, type Body, type Tree } from '../../sql/nodes.ts';
import { resolve, resolveType } from '../../catalog/resolve.ts';
import { expressionName } from './expression-name.ts';

interface Source {
  readonly name: string;
  readonly table: Table;
}

/** The columns that a query yields, where it does nothing but choose and cast columns of known tables; else null. */
export function targetList(query: Tree | undefined, names: readonly string[], catalog: Catalog): Column[] | null {
  const select = as(query, 'SelectStmt');
  if (!select?.targetList || select.withClause) return null;
  const sources = (select.fromClause ?? []).map(item => sourceOf(item, catalog));
  const resolved = sources.filter(source => source !== null);
  if (resolved.length < sources.length) return null;
  const columns: Column[] = [];
  for (const { name, val } of all(select.targetList, 'ResTarget')) {
    const chosenColumns = val && chosen(val, resolved, catalog);
    if (!chosenColumns) return null;
    columns.push(...(name === undefined ? chosenColumns : chosenColumns.map(column => ({ ...column, name }))));
  }
  return columns.map((column, nth) => ({ ...column, name: names[nth] ?? column.name }));
}

/** The columns of a view by name, with their types where a column is chosen or cast; null where `*` is of what is not known. */
export function viewColumns(query: Tree | undefined, names: readonly string[], catalog: Catalog): ViewColumn[] | null {
  const targets = targetList(query, names, catalog);
  if (targets) return targets.map(({ name, type }) => ({ name, type }));
  const select = leftmost(query);
  const columns: ViewColumn[] = [];
  for (const { name, val } of all(select?.targetList, 'ResTarget')) {
    if (as(val, 'ColumnRef')?.fields?.some(field => 'A_Star' in field)) return null;
    const own = names[columns.length] ?? name ?? expressionName(val) ?? (isUnnamed(val) ? '?column?' : null);
    columns.push({ name: own, type: null });
  }
  return columns.length > 0 ? columns : null;
}

/** Kinds of expression that have no name of their own. */
const isUnnamed = (value: Tree | undefined): boolean =>
  as(value, 'A_Const') !== undefined || as(value, 'A_Expr') !== undefined;

/** The query that names the columns of a UNION and its kin (transformSetOperationStmt, analyze.c). */
function leftmost(query: Tree | undefined): Body<'SelectStmt'> | undefined {
  let select = as(query, 'SelectStmt');
  while (select?.larg) select = select.larg;
  return select;
}

/** A table as FROM names it; a view's own columns are not known. */
function sourceOf(item: Tree, catalog: Catalog): Source | null {
  const range = as(item, 'RangeVar');
  const { schema, name } = resolve(range, catalog);
  const table = catalog.relations.get(`${schema}.${name}`);
  const holds = table?.complete === true && (table.kind === 'table' || table.kind === 'partitioned-table');
  return range && holds && !range.alias?.colnames ? { name: range.alias?.aliasname ?? name, table } : null;
}

function chosen(value: Tree, sources: readonly Source[], catalog: Catalog): Column[] | null {
  const cast = as(value, 'TypeCast');
  if (cast) {
    const [column] = (cast.arg && chosen(cast.arg, sources, catalog)) ?? [];
    return column ? [plain({ ...column, type: resolveType(typeRef(cast.typeName), catalog), collation: null })] : null;
  }
  const fields = as(value, 'ColumnRef')?.fields;
  if (!fields) return null;
  const parts = strings(fields);
  const star = fields.some(field => 'A_Star' in field);
  const [qualifier, column] = star ? [parts.at(-1), undefined] : [parts.at(-2), parts.at(-1)];
  const matching = sources.filter(({ name }) => qualifier === undefined || name === qualifier);
  const columns = matching
    .flatMap(({ table }) => table.columns.filter(({ name }) => star || name === column))
    .map(plain);
  return matching.length > 0 && (star || columns.length === 1) ? columns : null;
}

/** Only name, type and collation of a column are in what a query yields. */
const plain = ({ name, type, collation }: Column): Column => ({
  name,
  type,
  collation,
  notNull: false,
  default: null,
  generated: null,
  identity: null,
});
