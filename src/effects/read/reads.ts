import { keyOf, type Catalog, type Key, type Read, type Table } from '../../model/schema.ts';
import { strings, walk, type Body } from '../../sql/nodes.ts';
import { resolve } from '../../catalog/resolve.ts';

/** System catalogs are read all the time, and ACCESS SHARE on them is in nobody's way. */
export const isSystem = (
  { relname = '' }: Pick<Body<'RangeVar'>, 'relname'>,
  schema: string,
  catalog: Catalog,
): boolean =>
  schema === 'pg_catalog' ||
  schema === 'information_schema' ||
  (relname.startsWith('pg_') && !catalog.relations.has(`${schema}.${relname}`));

/**
 * The relations that a query reads, common table expressions apart, those around it (`outer`) too. Columns are those named
 * anywhere in the query, unless another relation's name stands before them; a star is what the table has now, and `null`
 * where that is not known.
 */
export function readsOf(query: unknown, catalog: Catalog, outer: Iterable<string> = []): Read[] {
  const localNames = new Set([...outer, ...expressionsIn(query)]);
  const within: Read[] = [];
  /** What a relation is called, and whether it is read with ONLY alone. */
  const relations = new Map<Key, { names: Set<string>; only: boolean }>();
  /** Of which relation; of any where none is written. */
  const columns: { qualifier: string | null; name: string | typeof STAR }[] = [];
  walk(query, (tag, body) => {
    if (tag === 'CommonTableExpr') {
      const { ctename = '', ctequery } = body as Body<'CommonTableExpr'>;
      // WITH users AS (SELECT … FROM users): in its own query the name still is the table's.
      const others = [...localNames].filter(name => name !== ctename || !isTable(name, catalog));
      within.push(...readsOf(ctequery, catalog, others));
      return false;
    }
    if (tag === 'ColumnRef') {
      const { fields } = body as Body<'ColumnRef'>;
      const parts = strings(fields);
      if (fields?.some(field => 'A_Star' in field)) columns.push({ qualifier: parts.at(-1) ?? null, name: STAR });
      else columns.push({ qualifier: parts.at(-2) ?? null, name: parts.at(-1) ?? '' });
    }
    if (tag === 'RangeVar') {
      const range = body as Body<'RangeVar'>;
      const relation = resolve(range, catalog);
      if (isSystem(range, relation.schema, catalog)) return true;
      if (range.schemaname === undefined && localNames.has(range.relname ?? '')) return true;
      const earlier = relations.get(keyOf(relation));
      relations.set(keyOf(relation), {
        names: new Set([...(earlier?.names ?? []), range.alias?.aliasname ?? relation.name]),
        only: range.inh !== true && earlier?.only !== false,
      });
    }
    return true;
  });
  const called = new Set([...relations.values()].flatMap(({ names }) => [...names]));
  const direct = [...relations].map(([relation, { names, only }]): Read => {
    const own = columns.filter(({ qualifier }) => qualifier === null || names.has(qualifier) || !called.has(qualifier));
    const table = own.some(({ name }) => name === STAR) ? catalog.relations.get(relation) : null;
    const listed = own.flatMap(({ name }) => (name === STAR ? [] : name));
    return {
      relation,
      columns: table === null ? [...new Set(listed)] : isTyped(table) ? namesOf(table, listed) : null,
      ...(only ? { only } : {}),
    };
  });
  return [...within, ...direct].reduce(union, []);
}

const STAR = Symbol('*');

/** What a view or a query yields is not known. */
const isTyped = (table: Table | undefined): table is Table =>
  table?.complete === true && table.kind !== 'view' && table.kind !== 'materialized-view';

const namesOf = (table: Table, others: readonly string[]): string[] => [
  ...new Set([...table.columns.map(({ name }) => name), ...others]),
];

/** A relation that is read in two places is read once. */
function union(reads: readonly Read[], read: Read): Read[] {
  const same = reads.find(({ relation }) => relation === read.relation);
  if (!same) return [...reads, read];
  const columns = same.columns && read.columns && [...new Set([...same.columns, ...read.columns])];
  const { relation } = read;
  const only = same.only && read.only;
  return [...reads.filter(other => other !== same), { relation, columns, ...(only ? { only } : {}) }];
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
