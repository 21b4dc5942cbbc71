import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns, numeric } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** From its source (e73daa1): one row, with the newest version. */
export default defineTool({
  id: 'tern',
  ran: null,
  table: 'schema_version',
  columns: ['version'],
  renamed: [{ file: /(^|\/)tern\.conf$/, table: /^\s*version_table\s*=\s*(\S+)/m }],
  entries: byColumns({ name: 'version', keyed: numeric }),
  key: ({ id }) => numeric(id),
  withoutChecksum: 'the table records only the newest version',
  compare: 'one-version',
  reactions: REACTIONS.tern,
});
