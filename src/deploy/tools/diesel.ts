import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** From its source (04cc1b0): the version is the directory's up to the first underscore, without dashes. */
export default defineTool({
  id: 'diesel',
  ran: null,
  table: '__diesel_schema_migrations',
  columns: ['version', 'run_on'],
  entries: byColumns({ name: 'version', at: 'run_on' }),
  key: ({ id }) => id,
  reactions: REACTIONS.diesel,
});
