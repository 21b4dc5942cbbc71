import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns, leadingDigits, nameOf, numeric } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** From its source (5e45b43). */
export default defineTool({
  id: 'ecto',
  ran: null,
  table: 'schema_migrations',
  columns: ['version', 'inserted_at'],
  foreign: ['dirty', 'statements'],
  renamed: [{ file: /(^|\/)config\/\w+\.exs$/, table: /migration_source:\s*"([^"]+)"/ }],
  entries: byColumns({ name: 'version', keyed: numeric, at: 'inserted_at' }),
  key: ({ file }) => numeric(leadingDigits(nameOf(file))),
  reactions: REACTIONS.ecto,
});
