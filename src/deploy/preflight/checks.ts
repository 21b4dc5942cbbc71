import type { PreflightId } from '../../model/preflight.ts';
import type { PreflightSpec } from './check.ts';
import blockingWork from './checks/blocking-work.ts';
import diskSpace from './checks/disk-space.ts';
import extensions from './checks/extensions.ts';
import failingStatements from './checks/failing-statements.ts';
import invalidIndexes from './checks/invalid-indexes.ts';
import leftovers from './checks/leftovers.ts';
import liveSchema from './checks/live-schema.ts';
import longTransactions from './checks/long-transactions.ts';
import pooler from './checks/pooler.ts';
import preparedTransactions from './checks/prepared-transactions.ts';
import privileges from './checks/privileges.ts';
import rejectedRows from './checks/rejected-rows.ts';
import replicaLag from './checks/replica-lag.ts';
import replicationSlots from './checks/replication-slots.ts';
import runningDeploy from './checks/running-deploy.ts';
import schemaDrift from './checks/schema-drift.ts';
import server from './checks/server.ts';
import unanalyzed from './checks/unanalyzed.ts';
import unvalidatedConstraints from './checks/unvalidated-constraints.ts';
import waitingLocks from './checks/waiting-locks.ts';
import wraparoundVacuum from './checks/wraparound-vacuum.ts';

/** Every check by its id. */
export const CHECKS: Readonly<Record<PreflightId, PreflightSpec>> = {
  pooler,
  server,
  'live-schema': liveSchema,
  'running-deploy': runningDeploy,
  leftovers,
  unanalyzed,
  'failing-statements': failingStatements,
  'rejected-rows': rejectedRows,
  'blocking-work': blockingWork,
  privileges,
  extensions,
  'long-transactions': longTransactions,
  'waiting-locks': waitingLocks,
  'prepared-transactions': preparedTransactions,
  'wraparound-vacuum': wraparoundVacuum,
  'invalid-indexes': invalidIndexes,
  'unvalidated-constraints': unvalidatedConstraints,
  'schema-drift': schemaDrift,
  'replica-lag': replicaLag,
  'replication-slots': replicationSlots,
  'disk-space': diskSpace,
};
