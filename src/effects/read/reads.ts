import { keyOf, type Catalog, type Read } from '../../model/schema.ts';
import { strings, walk, type Body } from '../../sql/nodes.ts';
import { resolve } from '../resolve.ts';

/** System catalogs are read all the time, and ACCESS SHARE on them is in nobody's way. */
const isSystem = ({ relname = '' }: Body<'RangeVar'>, schema: string, catalog: Catalog): boolean =>
  schema === 'pg_catalog' ||
  schema === 'information_schema' ||
  (relname.startsWith('pg_') && !catalog.relations.has(`${schema}.${relname}`));

/**
 * The relations that a query reads, common table expressions apart. Columns are those named anywhere in the query:
 * `null` where a star means all of them.
 */
export function readsOf(query: unknown, catalog: Catalog): Read[] {
  const named = new Set<string>();
  const relations = new Map<string, Read['relation']>();
  const columns = new Set<string>();
  let star = false;
  walk(query, (tag, body) => {
    if (tag === 'CommonTableExpr') named.add((body as Body<'CommonTableExpr'>).ctename ?? '');
    if (tag === 'ColumnRef') {
      const { fields } = body as Body<'ColumnRef'>;
      const last = strings(fields).at(-1);
      if (fields?.some(field => 'A_Star' in field)) star = true;
      else if (last !== undefined) columns.add(last);
    }
    if (tag === 'RangeVar') {
      const range = body as Body<'RangeVar'>;
      const relation = resolve(range, catalog);
      if (isSystem(range, relation.schema, catalog)) return true;
      const key = keyOf(relation);
      if (range.schemaname !== undefined || !named.has(range.relname ?? '')) relations.set(key, key);
    }
    return true;
  });
  for (const name of named)
    for (const key of relations.keys())
      if (key === `public.${name}` && !catalog.relations.has(key)) relations.delete(key);
  return [...relations.keys()].map(relation => ({ relation, columns: star ? null : [...columns] }));
}
