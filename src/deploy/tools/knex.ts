import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns, withoutExtension } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** Measured with Knex 3.3.0. */
export default defineTool({
  id: 'knex',
  ran: '3.3.0',
  table: 'knex_migrations',
  columns: ['id', 'name', 'batch', 'migration_time'],
  renamed: [
    {
      file: /(^|\/)knexfile\.[cm]?[jt]s$/,
      table: /\bmigrations\s*:\s*\{[^}]*?\btableName\s*:\s*['"`]([^'"`]+)/,
      schema: /\bmigrations\s*:\s*\{[^}]*?\bschemaName\s*:\s*['"`]([^'"`]+)/,
    },
  ],
  lock: { table: 'knex_migrations_lock', column: 'is_locked', release: 'knex migrate:unlock' },
  entries: byColumns({ name: 'name', keyed: withoutExtension, at: 'migration_time' }),
  key: ({ id }) => id,
  reactions: REACTIONS.knex,
});
