import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns, leadingDigits } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** Measured with dbmate 2.36.0. */
export default defineTool({
  id: 'dbmate',
  ran: '2.36.0',
  table: 'schema_migrations',
  columns: ['version'],
  foreign: ['dirty', 'inserted_at', 'statements'],
  renamed: [
    {
      file: /(^|\/)(\.env[\w.-]*|Makefile|Dockerfile|docker-compose[\w.-]*\.ya?ml|package\.json|[\w.-]*\.sh)$/,
      table: /(?:DBMATE_MIGRATIONS_TABLE["']?\s*[=:]\s*["']?|--migrations-table[ =])([\w.]+)/,
    },
  ],
  entries: byColumns({ name: 'version' }),
  key: ({ id }) => leadingDigits(id),
  reactions: REACTIONS.dbmate,
});
