import type { NextStep } from '../../model/deploy-report.ts';

/** What the tool does next, and the words with which it refuses. */
export type Reaction<S extends NextStep> = readonly [next: S, says?: string];

/** How the tool treats a history that is not the one of the files; each as measured, or as its source says. */
export interface Reactions {
  /** A file that sorts before an applied one. */
  readonly late: Reaction<'apply late' | 'skip saying ok' | 'refuse'>;
  /** An applied file with another text. */
  readonly edited: Reaction<'nothing' | 'refuse' | 'apply'>;
  /** An applied migration without a file. */
  readonly missing: Reaction<'nothing' | 'refuse'>;
  /** The same where it is newer than every file; as `missing` if absent. */
  readonly missingNewest?: Reaction<'nothing' | 'refuse'>;
  /** A file with the key of another one; refused if absent. */
  readonly duplicate?: Reaction<'refuse' | 'skip saying ok'>;
  /** Neither names nor numbers order the files: dependencies do. */
  readonly unordered?: true;
  /** A migration that is recorded as failed. */
  readonly failed: Reaction<'refuse' | 'apply'>;
}

/** Names in a set: what has no row is applied, and nothing else is looked at. */
const SET: Reactions = { late: ['apply late'], edited: ['nothing'], missing: ['nothing'], failed: ['apply'] };

/**
 * By tool: as a run of it showed (rig/deploy/recorded), else as its documentation and source say. Both the check of a pull
 * request and that of a database ask here.
 */
export const REACTIONS = {
  alembic: {
    unordered: true,
    late: ['refuse', "Multiple head revisions are present for given argument 'head'"],
    edited: ['nothing'],
    missing: ['refuse', "Can't locate revision identified by"],
    failed: ['apply'],
  },
  atlas: { late: ['refuse'], edited: ['refuse'], missing: ['refuse'], failed: ['refuse'] },
  bun: SET,
  'db-migrate': { late: ['apply late'], edited: ['nothing'], missing: ['nothing'], failed: ['apply'] },
  dbmate: {
    late: ['apply late'],
    edited: ['nothing'],
    missing: ['nothing'],
    duplicate: ['skip saying ok'],
    failed: ['apply'],
  },
  diesel: { late: ['apply late'], edited: ['nothing'], missing: ['nothing'], failed: ['apply'] },
  django: {
    unordered: true,
    late: ['refuse', 'InconsistentMigrationHistory: a migration is applied before its dependency'],
    edited: ['nothing'],
    missing: ['nothing'],
    failed: ['apply'],
  },
  drizzle: {
    late: ['skip saying ok'],
    edited: ['nothing'],
    missing: ['nothing'],
    duplicate: ['skip saying ok'],
    failed: ['apply'],
  },
  ecto: { late: ['apply late'], edited: ['nothing'], missing: ['nothing'], failed: ['apply'] },
  'ef-core': { late: ['apply late'], edited: ['nothing'], missing: ['nothing'], failed: ['apply'] },
  encore: SET,
  flyway: {
    late: ['refuse', 'Detected resolved migration not applied to database'],
    edited: ['refuse', 'Migration checksum mismatch'],
    missing: ['refuse', 'Detected applied migration not resolved locally'],
    // `ignoreMigrationPatterns` is `*:future` by default.
    missingNewest: ['nothing'],
    failed: ['refuse', 'Detected failed migration'],
  },
  'golang-migrate': {
    late: ['skip saying ok'],
    edited: ['nothing'],
    missing: ['refuse', 'no migration found for version'],
    failed: ['refuse', 'Dirty database version. Fix and force version.'],
  },
  goose: {
    late: ['refuse', 'found N missing migrations'],
    edited: ['nothing'],
    missing: ['nothing'],
    failed: ['apply'],
  },
  'graphile-migrate': { late: ['skip saying ok'], edited: ['nothing'], missing: ['nothing'], failed: ['apply'] },
  hasura: SET,
  knex: {
    late: ['apply late'],
    edited: ['nothing'],
    missing: ['refuse', 'The migration directory is corrupt, the following files are missing'],
    failed: ['apply'],
  },
  kysely: {
    late: ['refuse', 'corrupted migrations: expected previously executed migration'],
    edited: ['nothing'],
    missing: ['refuse', 'corrupted migrations: previously executed migration is missing'],
    failed: ['apply'],
  },
  liquibase: {
    late: ['apply late'],
    edited: ['refuse', 'Validation Failed: changesets check sum'],
    missing: ['nothing'],
    failed: ['apply'],
  },
  'mikro-orm': { late: ['apply late'], edited: ['nothing'], missing: ['nothing'], failed: ['apply'] },
  morph: SET,
  mybatis: SET,
  'node-pg-migrate': {
    late: ['refuse', 'Not run migration X is preceding already run migration Y'],
    edited: ['nothing'],
    missing: ['refuse', 'Not run migration X is preceding already run migration Y'],
    missingNewest: ['nothing'],
    failed: ['apply'],
  },
  pgroll: { late: ['refuse'], edited: ['nothing'], missing: ['refuse'], failed: ['refuse'] },
  'plain-sql': SET,
  pop: SET,
  postgrator: {
    late: ['skip saying ok'],
    edited: ['refuse', 'MD5 checksum failed for migration'],
    missing: ['nothing'],
    duplicate: ['refuse', 'Two migrations found with version'],
    failed: ['apply'],
  },
  'postgres-migrations': {
    late: ['refuse', 'Found a non-consecutive migration ID'],
    edited: ['refuse', "Hashes don't match for migrations"],
    missing: ['nothing'],
    failed: ['apply'],
  },
  prisma: {
    late: ['apply late'],
    edited: ['nothing'],
    missing: ['nothing'],
    failed: ['refuse', 'P3009: migrate found failed migrations in the target database'],
  },
  rails: { late: ['apply late'], edited: ['nothing'], missing: ['nothing'], failed: ['apply'] },
  refinery: { late: ['refuse'], edited: ['refuse'], missing: ['refuse'], failed: ['refuse'] },
  'sea-orm': {
    late: ['apply late'],
    edited: ['nothing'],
    missing: [
      'refuse',
      'Migration file of version is missing, this migration has been applied but its file is missing',
    ],
    failed: ['apply'],
  },
  sequelize: { late: ['apply late'], edited: ['nothing'], missing: ['nothing'], failed: ['apply'] },
  sqitch: {
    late: ['refuse', 'Cannot find change in sqitch.plan'],
    edited: ['nothing'],
    missing: ['refuse', 'Cannot find change in sqitch.plan'],
    failed: ['apply'],
  },
  'sql-migrate': {
    late: ['apply late'],
    edited: ['nothing'],
    missing: ['refuse', 'unknown migration in database'],
    failed: ['apply'],
  },
  sqlx: {
    late: ['apply late'],
    edited: ['refuse', 'migration was previously applied but has been modified'],
    missing: ['refuse', 'migration was previously applied but is missing in the resolved migrations'],
    failed: ['refuse', 'migration is partially applied; fix and remove row from `_sqlx_migrations` table'],
  },
  supabase: {
    late: ['refuse', 'Found local migration files to be inserted before the last migration on remote database'],
    edited: ['nothing'],
    missing: ['refuse', 'Remote migration versions not found in local migrations directory'],
    failed: ['apply'],
  },
  tern: {
    late: ['skip saying ok'],
    edited: ['nothing'],
    missing: ['refuse', 'current version is outside the valid versions'],
    failed: ['apply'],
  },
  typeorm: { late: ['apply late'], edited: ['nothing'], missing: ['nothing'], failed: ['apply'] },
} as const satisfies Readonly<Record<string, Reactions>>;
