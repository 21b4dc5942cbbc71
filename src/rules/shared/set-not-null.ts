import type { Relation } from '../../model/effect.ts';
import type { RemedyStep } from '../../model/report.ts';
import { alter } from './alter.ts';
import { quote } from './quote.ts';
import { migration } from './remedy.ts';

/** The check that proves a column's NOT NULL until that is set. */
export const checkFor = (relation: Relation, column: string): string => quote(`${relation.name}_${column}_set`);

/** Migrations that make a column NOT NULL without a scan under a strong lock. */
export function setNotNull(relation: Relation, column: string, title = 'Require a value in new rows'): RemedyStep[] {
  const [name, check] = [quote(column), checkFor(relation, column)];
  return [
    migration(title, alter(relation, `ADD CONSTRAINT ${check} CHECK (${name} IS NOT NULL) NOT VALID`)),
    migration('Validate existing rows', alter(relation, `VALIDATE CONSTRAINT ${check}`)),
    migration(
      'Set NOT NULL',
      alter(relation, `ALTER COLUMN ${name} SET NOT NULL`),
      alter(relation, `DROP CONSTRAINT ${check}`),
    ),
  ];
}
