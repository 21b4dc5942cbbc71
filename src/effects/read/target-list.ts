import type { Catalog, Column, Table } from '../../model/schema.ts';
import { all, as, strings, typeRef, type Tree } from '../../sql/nodes.ts';
import { resolve, resolveType } from '../../catalog/resolve.ts';

interface Source {
  readonly name: string;
  readonly table: Table;
}

/** The columns that a query yields, where it does nothing but choose and cast columns of known tables; else null. */
export function yielded(query: Tree | undefined, names: readonly string[], catalog: Catalog): Column[] | null {
  const select = as(query, 'SelectStmt');
  if (!select?.targetList || select.withClause) return null;
  const sources = (select.fromClause ?? []).map(item => sourceOf(item, catalog));
  const known = sources.filter(source => source !== null);
  if (known.length < sources.length) return null;
  const columns: Column[] = [];
  for (const { name, val } of all(select.targetList, 'ResTarget')) {
    const found = val && chosen(val, known, catalog);
    if (!found) return null;
    columns.push(...(name === undefined ? found : found.map(column => ({ ...column, name }))));
  }
  return columns.map((column, nth) => ({ ...column, name: names[nth] ?? column.name }));
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
  const meant = sources.filter(({ name }) => qualifier === undefined || name === qualifier);
  const found = meant.flatMap(({ table }) => table.columns.filter(({ name }) => star || name === column)).map(plain);
  return meant.length > 0 && (star || found.length === 1) ? found : null;
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
