import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns, nameOf } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** Measured with db-migrate 0.11.14: `/20250101000000-users`. */
export default defineTool({
  id: 'db-migrate',
  ran: '0.11.14',
  table: 'migrations',
  columns: ['id', 'name', 'run_on'],
  foreign: ['batch', 'timestamp', 'hash'],
  entries: byColumns({ name: 'name', keyed: nameOf, at: 'run_on' }),
  key: ({ id }) => id,
  reactions: REACTIONS['db-migrate'],
});
