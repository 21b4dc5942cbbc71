import { byColumns } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** From its source (92cf399). */
export default defineTool({
  id: 'sea-orm',
  ran: null,
  table: 'seaql_migrations',
  columns: ['version', 'applied_at'],
  entries: byColumns({ name: 'version' }),
  key: ({ id }) => id,
  reactions: {
    late: ['apply late'],
    edited: ['nothing'],
    missing: [
      'refuse',
      'Migration file of version is missing, this migration has been applied but its file is missing',
    ],
    failed: ['apply'],
  },
});
