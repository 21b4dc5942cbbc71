import { byColumns, leadingDigits } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** From the source of its CLI (1d1e7191), `db push`. The table has the applied statements, as its own splitter left them. */
export default defineTool({
  id: 'supabase',
  ran: null,
  schema: 'supabase_migrations',
  table: 'schema_migrations',
  columns: ['version', 'statements', 'name'],
  entries: byColumns({ name: 'version' }),
  key: ({ id }) => leadingDigits(id),
  withoutChecksum: 'the table has statements and no checksum',
  reactions: {
    late: ['refuse', 'Found local migration files to be inserted before the last migration on remote database'],
    edited: ['nothing'],
    missing: ['refuse', 'Remote migration versions not found in local migrations directory'],
    failed: ['apply'],
  },
});
