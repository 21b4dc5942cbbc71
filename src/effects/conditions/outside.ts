import type { Catalog } from '../../model/schema.ts';
import { columnsIn, walk, type Body, type Pg } from '../../sql/nodes.ts';
import { EXTENSION_TYPES } from '../../catalog/data/extension-types.ts';
import { isSupplied } from '../volatility.ts';
import { constantOf } from './constant-of.ts';

/** May there be a relation of the name that no migration has made: in a schema of others, or of the server itself? */
export const isOutside = (name: { readonly schema: string | null; readonly name: string }, catalog: Catalog): boolean =>
  catalog.partial.length > 0 ||
  (name.schema !== null && !catalog.schemas.has(name.schema)) ||
  name.name.startsWith('pg_');

/** May a row meet the query that no migration has made? */
export function mayBeOutside({ whereClause, fromClause }: Pg.SelectStmt, catalog: Catalog): boolean {
  let outside = catalog.partial.length > 0;
  walk([whereClause, fromClause], (tag, body) => {
    if (tag === 'A_Expr') {
      const names = constantsIn(body);
      outside ||= columnsIn([body]).some(column => names.some(name => isForeign(column, name, catalog)));
    }
    return true;
  });
  return outside;
}

const SCHEMA = /^(?:\w*_schema|schema_?name|nspname|\w*namespace)$/;

function isForeign(column: string, name: string, catalog: Catalog): boolean {
  if (SCHEMA.test(column)) return !catalog.schemas.has(name);
  if (column === 'proname' || column === 'routine_name') return isSupplied(name);
  if (column === 'typname') return isSupplied(name) || EXTENSION_TYPES.has(name);
  return name.startsWith('pg_');
}

function constantsIn(node: Body<'A_Expr'>): string[] {
  const found: string[] = [];
  walk([node], (tag, body) => {
    if (tag === 'A_Const') found.push(String(constantOf(body)));
    return true;
  });
  return found;
}
