import type { ChangeOf } from '../../model/effect.ts';
import { comparesStill } from '../coercion.ts';
import { errorOf, type PredictedError, type ErrorContext } from './predicted-error.ts';
import { columnNamed, present } from './seen-relations.ts';

/** Checks and predicates are parsed again with the new type, beside the values of the old one (ATPostAlterTypeCleanup). */
export function comparedWithOld(
  { relation, column, to }: ChangeOf<'retype-column'>,
  { catalog }: ErrorContext,
): PredictedError | null {
  const table = present(relation, catalog);
  const existing = columnNamed(table, column);
  if (!table || !existing || comparesStill(existing.type, to, catalog) !== false) return null;
  const index = table.indexes.find(({ compares }) => compares?.includes(column));
  const check = table.constraints.find(({ compares }) => compares?.includes(column));
  const what = index ? `the predicate of index ${index.name}` : check ? `constraint ${check.name}` : null;
  return what === null
    ? null
    : errorOf(
        '42883',
        `operator does not exist: ${what} compares ${column} with ${existing.type.name}; drop it before, and create it again after`,
      );
}
