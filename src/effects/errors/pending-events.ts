import type { Change } from '../../model/effect.ts';
import { present } from './seen-relations.ts';
import { errorOf, type PredictedError, type ErrorContext } from './predicted-error.ts';

/**
 * Statements that work on a table which nothing else of the session may be using (CheckTableNotInUse, tablecmds.c). Measured
 * on 13 to 18: not RENAME, COMMENT, CREATE TRIGGER, REINDEX and LOCK.
 */
const WORKS_ON: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'add-column',
  'drop-column',
  'set-default',
  'retype-column',
  'set-not-null',
  'drop-not-null',
  'set-identity',
  'set-expression',
  'set-column-statistics',
  'set-column-storage',
  'add-constraint',
  'validate-constraint',
  'drop-constraint',
  'alter-constraint',
  'create-index',
  'truncate',
  'drop-relation',
  'set-persistence',
  'set-tablespace',
  'set-access-method',
  'set-options',
  'set-owner',
  'set-row-security',
  'set-replica-identity',
  'set-cluster-index',
  'inherit',
  'attach-partition',
  'detach-partition',
  'cluster',
]);

const PENDING = 'only if a row was changed before it in this transaction';

/** Rows of the table were changed, and a deferred constraint or trigger has not fired yet. */
export function hasPendingEvents(change: Change, { catalog }: ErrorContext): PredictedError | null {
  if (!('relation' in change) || !WORKS_ON.has(change.kind)) return null;
  const { name } = change.relation;
  return present(change.relation, catalog)?.pending
    ? {
        ...errorOf(
          '55006',
          `${name} has pending trigger events, as a deferred constraint waits for the commit; run SET CONSTRAINTS ALL IMMEDIATE before it`,
        ),
        because: PENDING,
      }
    : null;
}
