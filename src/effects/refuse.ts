import type { Change } from '../model/effect.ts';
import { columns } from './refuse/columns.ts';
import { constraints } from './refuse/constraints.ts';
import { foreignKeysOf } from './refuse/foreign-keys.ts';
import { keysOf } from './refuse/keys.ts';
import { indexes } from './refuse/indexes.ts';
import { names, newTable } from './refuse/names.ts';
import { parentsRefuse, partitions } from './refuse/partitions.ts';
import { relations } from './refuse/relations.ts';
import { columnsOf } from './refuse/values.ts';
import type { Refusal, Refusals, Refusing } from './refuse/refusal.ts';

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
