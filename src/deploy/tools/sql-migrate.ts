import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** From its source (563a2f0): the id is the name of the file. */
export default defineTool({
  id: 'sql-migrate',
  ran: null,
  table: 'gorp_migrations',
  columns: ['id', 'applied_at'],
  renamed: [
    { file: /(^|\/)dbconfig\.ya?ml$/, table: /^\s*table:\s*["']?([\w.]+)/m, schema: /^\s*schema:\s*["']?(\w+)/m },
  ],
  entries: byColumns({ name: 'id', at: 'applied_at' }),
  key: ({ id }) => id,
  reactions: REACTIONS['sql-migrate'],
});
