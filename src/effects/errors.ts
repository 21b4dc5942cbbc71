import type { Change } from '../model/effect.ts';
import { columns } from './errors/columns.ts';
import { constraints } from './errors/constraints.ts';
import { foreignKeysOf } from './errors/foreign-keys.ts';
import { keysOf } from './errors/keys.ts';
import { indexes } from './errors/indexes.ts';
import { names, newTable } from './errors/names.ts';
import { parentsRefuse, partitions } from './errors/partitions.ts';
import { relations } from './errors/relations.ts';
import { columnsOf } from './errors/values.ts';
import type { Refusal, Refusals, Refusing } from './errors/predicted-error.ts';

const REFUSALS: Refusals = {
  ...columns,
  ...constraints,
  ...names,
  ...indexes,
  ...relations,
  ...partitions,
  'create-table': [newTable, columnsOf, parentsRefuse, keysOf, foreignKeysOf],
};

/**
 * Why the server refuses a change on this schema; null when it takes it, and where the schema is not known well enough.
 * A guard or a handler around it is there because it may be refused.
 */
export function refusal(change: Change, at: Refusing): Refusal | null {
  if (change.condition !== undefined || change.caught) return null;
  const checks = REFUSALS[change.kind] as readonly ((change: Change, at: Refusing) => Refusal | null)[] | undefined;
  for (const check of checks ?? []) {
    const refused = check(change, at);
    if (refused) return refused;
  }
  return null;
}
