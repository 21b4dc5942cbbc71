import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns, leadingDigits, nameOf, numeric } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** From its source (2a2db1e). */
export default defineTool({
  id: 'rails',
  ran: null,
  table: 'schema_migrations',
  columns: ['version'],
  foreign: ['dirty', 'inserted_at', 'statements'],
  renamed: [
    {
      file: /(^|\/)config\/(application|environments\/\w+)\.rb$/,
      table: /schema_migrations_table_name\s*=\s*["']([^"']+)/,
    },
  ],
  entries: byColumns({ name: 'version', keyed: numeric }),
  beside: /^ar_internal_metadata$/,
  key: ({ file }) => numeric(leadingDigits(nameOf(file))),
  reactions: REACTIONS.rails,
});
