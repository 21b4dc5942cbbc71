import { REACTIONS } from '../../frameworks/shared/reactions.ts';
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
  reactions: REACTIONS.supabase,
});
