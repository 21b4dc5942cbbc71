import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** Measured with Alembic 1.20 and 1.8: the table has the heads only. */
export default defineTool({
  id: 'alembic',
  ran: '1.20.0',
  table: 'alembic_version',
  columns: ['version_num'],
  renamed: [
    {
      file: /(^|\/)env\.py$/,
      table: /\bversion_table\s*=\s*['"]([^'"]+)['"]/,
      schema: /\bversion_table_schema\s*=\s*['"]([^'"]+)['"]/,
    },
  ],
  entries: byColumns({ name: 'version_num' }),
  key: ({ id }) => id,
  withoutChecksum: 'the table records only the newest revisions',
  compare: 'heads',
  reactions: REACTIONS.alembic,
});
