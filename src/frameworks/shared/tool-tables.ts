import { frameworks } from '../index.ts';

/** Those in which tools record what they have applied, and those by which they keep each other out. */
export const TOOL_TABLES: readonly string[] = [
  ...frameworks.map(({ historyTable }) => historyTable),
  'ar_internal_metadata',
  'databasechangeloglock',
  'knex_migrations_lock',
  'kysely_migration_lock',
];
