import { bare } from '../../model/bare.ts';
import type { Catalog } from '../../model/schema.ts';
import type { Test } from '../../sql/guard.ts';
import { as, strings, walk, type Body, type Pg, type Tree } from '../../sql/nodes.ts';
import { EXTENSION_TYPES } from '../../catalog/data/extension-types.ts';
import { isSupplied } from '../volatility.ts';
import { constantOf } from './constant-of.ts';
import { INFORMATION_SCHEMA } from './information-schema.ts';

/** May there be a relation of the name that no migration has made: in a schema of others, or of the server itself? */
export const isOutside = (name: { readonly schema: string | null; readonly name: string }, catalog: Catalog): boolean =>
  catalog.partial.length > 0 ||
  (name.schema !== null && !catalog.schemas.has(name.schema)) ||
  name.name.startsWith('pg_');

/**
 * May a row meet the query that no migration has made? Not if it asks for a name, or for what is in a schema, that only
 * migrations make, and joins the rest to that by equality.
 */
export function mayBeOutside(
  { whereClause, fromClause = [] }: Pg.SelectStmt,
  { catalog, bound }: { readonly catalog: Catalog; readonly bound: Test['bound'] },
): boolean {
  if (catalog.partial.length > 0) return true;
  const views = viewsIn(fromClause);
  const joins = fromClause.flatMap(item => qualsOf(item));
  const conjuncts = [whereClause, ...joins].flatMap(conjunctsOf);
  const pins = conjuncts.flatMap(conjunct => pinOf(conjunct, bound));
  const links = conjuncts.filter(conjunct => {
    const { lexpr, rexpr, name } = as(conjunct, 'A_Expr') ?? {};
    return as(lexpr, 'ColumnRef') && as(rexpr, 'ColumnRef') && strings(name).at(-1) === '=';
  });
  const pinned = new Set(pins.map(({ column }) => column));
  const isKnown = [...pinned].some(column => PINS.has(column));
  const lacks = views.some(view => NEEDS[view]?.some(column => pinned.has(column)) === false);
  return (
    !isKnown ||
    lacks ||
    links.length < views.length - 1 ||
    pins.some(({ column, names }) => names.some(name => isForeign(column, name, catalog)))
  );
}

function viewsIn(fromClause: readonly Tree[]): string[] {
  const views: string[] = [];
  walk(fromClause, (tag, body) => {
    if (tag === 'RangeVar') views.push((body as Body<'RangeVar'>).relname ?? '');
    return true;
  });
  return views;
}

const qualsOf = (item: Tree | undefined): (Tree | undefined)[] => {
  const join = as(item, 'JoinExpr');
  return join ? [join.quals, ...qualsOf(join.larg), ...qualsOf(join.rarg)] : [];
};

const conjunctsOf = (node: Tree | undefined): (Tree | undefined)[] => {
  const bool = as(node, 'BoolExpr');
  return bool?.boolop === 'AND_EXPR' ? (bool.args ?? []).flatMap(conjunctsOf) : [node];
};

interface Pin {
  readonly column: string;
  /** None of a `regclass`, whose name is resolved among what migrations make. */
  readonly names: readonly string[];
}

/** `column = 'name'`, `column IN (…)`, `column = ANY (ARRAY[…])`, and `column = 'name'::regclass`. */
function pinOf(node: Tree | undefined, bound: Test['bound']): Pin[] {
  const { kind, name, lexpr, rexpr } = as(node, 'A_Expr') ?? {};
  if (strings(name).join() !== '=' || (kind !== 'AEXPR_OP' && kind !== 'AEXPR_IN' && kind !== 'AEXPR_OP_ANY'))
    return [];
  const [side, other] = columnOf(lexpr, bound) === null ? [rexpr, lexpr] : [lexpr, rexpr];
  const column = columnOf(side, bound);
  if (column === null || other === undefined) return [];
  if (strings(as(other, 'TypeCast')?.typeName?.names).at(-1) === 'regclass') return [{ column, names: [] }];
  const values = as(other, 'List')?.items ?? as(other, 'A_ArrayExpr')?.elements ?? [other];
  const names = values.map(value => textOf(value, bound));
  return names.length > 0 && names.every(each => each !== null) ? [{ column, names }] : [];
}

function columnOf(node: Tree | undefined, bound: Test['bound']): string | null {
  const fields = strings(as(as(node, 'TypeCast')?.arg ?? node, 'ColumnRef')?.fields);
  return bound.has(fields.join('.')) ? null : (fields.at(-1) ?? null);
}

function textOf(node: Tree | undefined, bound: Test['bound']): string | null {
  const bare = as(node, 'TypeCast')?.arg ?? node;
  const own = as(bare, 'A_Const');
  const value = own ? constantOf(own) : bound.get(strings(as(bare, 'ColumnRef')?.fields).join('.'));
  return typeof value === 'string' ? value : null;
}

/** Columns that say which object a row is of, or in which schema it is. */
const PINS: ReadonlySet<string> = new Set([
  ...['nspname', 'schema_name', 'relname', 'tablename', 'viewname', 'matviewname', 'sequencename', 'table_name'],
  ...['sequence_name', 'conname', 'constraint_name', 'indexname', 'tgname', 'trigger_name', 'event_object_table'],
  ...['policyname', 'polname', 'typname', 'enumlabel', 'proname', 'routine_name', 'schemaname', 'table_schema'],
  ...['sequence_schema', 'event_object_schema', 'trigger_schema', 'relnamespace', 'pronamespace'],
  ...['oid', 'attrelid', 'conrelid', 'confrelid', 'indexrelid', 'indrelid', 'tgrelid', 'polrelid'],
]);

/** What must be asked besides, where Postgres itself makes rows for what migrations make. */
const NEEDS: Readonly<Record<string, readonly string[]>> = bare({
  pg_attribute: ['attname'],
  pg_constraint: ['conname', 'contype'],
  pg_proc: ['proname'],
  pg_trigger: ['tgname'],
  pg_type: ['typname'],
  routines: ['routine_name'],
  table_constraints: ['constraint_name', 'constraint_type'],
});

const SCHEMA = /^(?:\w*_schema|schema_?name|nspname|\w*namespace)$/;

function isForeign(column: string, name: string, catalog: Catalog): boolean {
  if (SCHEMA.test(column)) return !catalog.schemas.has(name);
  if (column === 'proname' || column === 'routine_name') return isSupplied(name);
  // The array of a type is a type, too.
  if (column === 'typname') return isSupplied(name) || EXTENSION_TYPES.has(name) || name.startsWith('_');
  // Constraints of NOT NULL have names since 18, and rows of the information schema before.
  if (column === 'conname' || column === 'constraint_name') return name.endsWith('_not_null');
  if (column === 'contype') return name === 'n';
  if (column === 'constraint_type') return name === 'CHECK';
  if (column === 'attname') return SYSTEM_COLUMNS.has(name);
  return name.startsWith('pg_') || name.startsWith('RI_') || name.startsWith('_pg_') || INFORMATION_SCHEMA.has(name);
}

const SYSTEM_COLUMNS: ReadonlySet<string> = new Set(['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax']);
