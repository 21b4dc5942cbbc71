import type { Change } from '../model/effect.ts';
import { columns } from './errors/columns.ts';
import { constraints } from './errors/constraints.ts';
import { foreignKeysOf } from './errors/foreign-keys.ts';
import { functions } from './errors/functions.ts';
import { keysOf } from './errors/keys.ts';
import { indexes } from './errors/indexes.ts';
import { names, newTable } from './errors/names.ts';
import { hasPendingEvents } from './errors/pending-events.ts';
import { parentErrors, partitions } from './errors/partitions.ts';
import { relations } from './errors/relations.ts';
import { columnsOf } from './errors/values.ts';
import type { PredictedError, ErrorTable, ErrorContext } from './errors/predicted-error.ts';

const ERRORS: ErrorTable = {
  ...columns,
  ...constraints,
  ...names,
  ...indexes,
  ...relations,
  ...partitions,
  ...functions,
  'create-table': [newTable, columnsOf, parentErrors, keysOf, foreignKeysOf],
};

/**
 * Why the server refuses a change on this schema; null when it takes it, and where the schema is not known well enough.
 * A guard or a handler around it is there because it may be refused.
 */
export function predictedError(change: Change, at: ErrorContext): PredictedError | null {
  if (change.condition !== undefined || change.caught) return null;
  const checks = ERRORS[change.kind] as
    readonly ((change: Change, at: ErrorContext) => PredictedError | null)[] | undefined;
  for (const check of checks ?? []) {
    const error = check(change, at);
    if (error) return error;
  }
  return hasPendingEvents(change, at);
}
