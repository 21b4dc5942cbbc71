/** What is checked on the live database before a deploy, in the order of the report. */
export const PREFLIGHT_CHECKS = [
  'pooler',
  'server',
  'live-schema',
  'running-deploy',
  'leftovers',
  'unanalyzed',
  'failing-statements',
  'rejected-rows',
  'blocking-work',
  'privileges',
  'extensions',
  'long-transactions',
  'waiting-locks',
  'prepared-transactions',
  'wraparound-vacuum',
  'invalid-indexes',
  'unvalidated-constraints',
  'schema-drift',
  'replica-lag',
  'replication-slots',
  'disk-space',
] as const;
export type PreflightId = (typeof PREFLIGHT_CHECKS)[number];

/** Limits of preflight checks that can be set. */
export const PREFLIGHT_LIMITS = [
  'transaction-age',
  'prepared-age',
  'large-table',
  'huge-table',
  'hot-table',
  'replica-lag',
  'slot-lag',
  'free-disk',
] as const;
export type PreflightLimit = (typeof PREFLIGHT_LIMITS)[number];

/** `unknown`: the server did not say it, or the role may not see it. */
type PreflightStatus = 'pass' | 'warn' | 'block' | 'unknown';

/** One check of the live database. */
export interface PreflightCheck {
  readonly id: PreflightId;
  readonly status: PreflightStatus;
  /** What was found, and what follows. */
  readonly message: string;
  /** Tables, sessions, statements that it is about, each with what counts of it. */
  readonly objects: readonly string[];
  /** What to do; null if nothing is to be done. */
  readonly hint: string | null;
}
