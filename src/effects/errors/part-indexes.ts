import { descendants } from '../../catalog/edit.ts';
import { partsOf } from '../../catalog/remove-index.ts';
import { rebuildIndexes } from '../../catalog/rebuild-indexes.ts';
import type { ChangeOf } from '../../model/effect.ts';
import { keyOf, type Catalog, type Index, type Table } from '../../model/schema.ts';
import { present } from './seen-relations.ts';
import { errorOf, type PredictedError, type ErrorContext } from './predicted-error.ts';

/** A constraint of a partition stands on what is a part of the index, and keeps that from going. */
export function constraintBelow(catalog: Catalog, { schema }: Table, { name }: Index): PredictedError | null {
  const key = keyOf({ schema, name });
  const parts = new Set(partsOf(catalog, key));
  const holder = descendants(catalog, catalog.indexes.get(key) ?? '').find(table =>
    table.indexes.some(own => own.constraint !== null && parts.has(keyOf({ schema: table.schema, name: own.name }))),
  );
  return holder ? errorOf('2BP01', `a constraint of ${holder.name} depends on ${name}`) : null;
}

/** A column's new type drops the indexes that it is in, and makes them anew. */
export function madeAnew(
  { relation, column }: ChangeOf<'retype-column'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  const table = present(relation, catalog);
  if (!table) return null;
  const rebuilt = table.indexes.filter(
    ({ constraint, columns, reads }) => constraint === null && (columns.includes(column) || reads.includes(column)),
  );
  for (const index of rebuilt) {
    const error = constraintBelow(catalog, table, index);
    if (error) return error;
  }
  const { clash } = rebuildIndexes(catalog, keyOf(relation), column);
  return clash === null ? null : errorOf('42P07', `a recreated index of a partition gets the name of ${clash}`);
}
