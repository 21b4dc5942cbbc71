import type { Relation } from '../../model/effect.ts';
import { keyOf, type Catalog } from '../../model/schema.ts';
import { quote, quoteRelation } from './quote.ts';

/** Fills a column a thousand rows at a time; run it until it reports UPDATE 0. */
export function backfill(relation: Relation, catalog: Catalog, assignment: string, condition: string): string {
  const table = quoteRelation(relation);
  const key = catalog.relations.get(keyOf(relation))?.constraints.find(c => c.type === 'primary-key')?.columns;
  const by = key && key.length > 0 ? key.map(quote).join(', ') : 'ctid';
  const match = key && key.length > 1 ? `(${by})` : by;
  return `-- Repeat until it reports UPDATE 0; commit after each run.
UPDATE ${table} SET ${assignment}
WHERE ${match} IN (
  SELECT ${by} FROM ${table} WHERE ${condition} LIMIT 1000
)`;
}
