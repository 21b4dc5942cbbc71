import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** From its source (ecd0ba4). */
export default defineTool({
  id: 'ef-core',
  ran: null,
  table: '__EFMigrationsHistory',
  columns: ['MigrationId', 'ProductVersion'],
  renamed: [
    {
      file: /\.cs$/,
      table: /MigrationsHistoryTable\(\s*"([^"]+)"/,
      schema: /MigrationsHistoryTable\(\s*"[^"]+"\s*,\s*"([^"]+)"/,
    },
  ],
  entries: byColumns({ name: 'MigrationId' }),
  key: ({ id }) => id,
  reactions: REACTIONS['ef-core'],
});
