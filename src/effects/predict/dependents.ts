import { dependentViews, tableAt } from '../../catalog/related-tables.ts';
import { isCertain } from '../../catalog/uncertain.ts';
import type { Relation } from '../../model/effect.ts';
import { keyOf } from '../../model/schema.ts';
import { fail, may, type Part, type CostContext } from '../cost-model.ts';

/** Another relation stands in the way: certainly, where it is certain that it is there. */
export const dependencyError = (
  other: Relation,
  subject: Relation,
  sqlstate: string,
  message: string,
  catalog: CostContext['catalog'],
): Part[] =>
  isCertain(keyOf(other), catalog)
    ? [fail(subject, sqlstate, message)]
    : may([fail(subject, sqlstate, message)], `${other.name} may not be there`);

/** What keeps a column's type as it is (RememberAllDependentForRebuilding, tablecmds.c). */
export function retypeBlockers(
  relation: Relation,
  column: string,
  { catalog, pg }: Pick<CostContext, 'catalog' | 'pg'>,
): Part[] {
  const table = tableAt(relation, catalog);
  const generated = table?.columns.find(other => other.generatedFrom?.includes(column));
  const trigger = table?.triggers.find(({ reads }) => reads.includes(column));
  const [view] = dependentViews(keyOf(relation), catalog, column);
  return [
    ...(view ? dependencyError(view, relation, '0A000', `the view ${view.name} reads ${column}`, catalog) : []),
    ...(trigger
      ? dependencyError(relation, relation, '0A000', `the trigger ${trigger.name} reads ${column}`, catalog)
      : []),
    ...(generated
      ? dependencyError(
          relation,
          relation,
          pg >= 15 ? '0A000' : '42601',
          `the generated column ${generated.name} reads ${column}`,
          catalog,
        )
      : []),
  ];
}
