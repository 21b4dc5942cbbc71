import { REACTIONS } from '../../frameworks/shared/reactions.ts';
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
  reactions: REACTIONS['sea-orm'],
});
