import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** Measured with Kysely 0.29.6. */
export default defineTool({
  id: 'kysely',
  ran: '0.29.6',
  table: 'kysely_migration',
  columns: ['name', 'timestamp'],
  renamed: [
    {
      file: /\.[cm]?[jt]s$/,
      table: /\bmigrationTableName\s*:\s*['"`]([^'"`]+)/,
      schema: /\bmigrationTableSchema\s*:\s*['"`]([^'"`]+)/,
    },
  ],
  entries: byColumns({ name: 'name', at: 'timestamp' }),
  advisoryLock: '3853314791062309107',
  beside: /^kysely_migration_lock$/,
  key: ({ id }) => id,
  reactions: REACTIONS.kysely,
});
