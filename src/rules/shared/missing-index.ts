import type { ChangeOf } from '../../model/effect.ts';
import { keyOf } from '../../model/schema.ts';
import type { Step } from '../../model/step.ts';
import { quote, quoteRelation } from './quote.ts';

/** The CREATE INDEX that the columns of a foreign key lack; null when they have one, or when nobody knows. */
export function missingIndex(step: Step, { relation, constraint }: ChangeOf<'add-constraint'>): string | null {
  const table = step.after.relations.get(keyOf(relation));
  if (!table?.complete || constraint.columns.length === 0) return null;
  const { columns } = constraint;
  const covered = table.indexes.some(
    index => !index.partial && columns.every(column => index.columns.slice(0, columns.length).includes(column)),
  );
  if (covered) return null;
  const name = quote(`${relation.name}_${columns.join('_')}_idx`);
  return `CREATE INDEX CONCURRENTLY ${name} ON ${quoteRelation(relation)} (${columns.map(quote).join(', ')})`;
}
