import { keyOf, type Catalog, type Key, type Read } from '../../model/schema.ts';
import { strings, walk, type Body } from '../../sql/nodes.ts';
import { resolve } from '../resolve.ts';

/** System catalogs are read all the time, and ACCESS SHARE on them is in nobody's way. */
const isSystem = ({ relname = '' }: Body<'RangeVar'>, schema: string, catalog: Catalog): boolean =>
  schema === 'pg_catalog' ||
  schema === 'information_schema' ||
  (relname.startsWith('pg_') && !catalog.relations.has(`${schema}.${relname}`));

/**
 * The relations that a query reads, common table expressions apart, those around it (`outer`) too. Columns are those named
 * anywhere in the query: `null` where a star means all of them.
 */
export function readsOf(query: unknown, catalog: Catalog, outer: Iterable<string> = []): Read[] {
  const named = new Set([...outer, ...expressionsIn(query)]);
  /** Whether it is read with ONLY alone. */
  const relations = new Map<Key, boolean>();
  const note = (key: Key, only: boolean): void => {
    relations.set(key, only && relations.get(key) !== false);
  };
  const columns = new Set<string>();
  let star = false;
  walk(query, (tag, body) => {
    if (tag === 'CommonTableExpr') {
      const { ctename = '', ctequery } = body as Body<'CommonTableExpr'>;
      // WITH users AS (SELECT … FROM users): in its own query the name still is the table's.
      const within = readsOf(
        ctequery,
        catalog,
        [...named].filter(name => name !== ctename || !isTable(name, catalog)),
      );
      for (const read of within) {
        note(read.relation, read.only === true);
        for (const column of read.columns ?? []) columns.add(column);
        star ||= read.columns === null;
      }
      return false;
    }
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
      if (range.schemaname !== undefined || !named.has(range.relname ?? '')) note(key, range.inh !== true);
    }
    return true;
  });
  return [...relations].map(([relation, only]) => ({
    relation,
    columns: star ? null : [...columns],
    ...(only ? { only } : {}),
  }));
}

const isTable = (name: string, catalog: Catalog): boolean =>
  catalog.relations.has(keyOf(resolve({ relname: name }, catalog)));

/** The names of the common table expressions in a query. */
export function expressionsIn(query: unknown): string[] {
  const names: string[] = [];
  walk(query, (tag, body) => {
    if (tag === 'CommonTableExpr') names.push((body as Body<'CommonTableExpr'>).ctename ?? '');
    return true;
  });
  return names;
}
