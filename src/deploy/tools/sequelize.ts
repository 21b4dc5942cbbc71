import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns, withoutExtension } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** Measured with sequelize-cli 6.6.5 and umzug 3.8.3. A failed migration leaves no row, and what it has committed. */
export default defineTool({
  id: 'sequelize',
  ran: '6.6.5',
  table: 'SequelizeMeta',
  columns: ['name'],
  renamed: [
    {
      file: /(^|\/)(\.sequelizerc|config\/[\w.-]+\.(js|json|cjs|ts))$/,
      table: /\bmigrationStorageTableName["']?\s*:\s*['"`]([^'"`]+)/,
      schema: /\bmigrationStorageTableSchema["']?\s*:\s*['"`]([^'"`]+)/,
    },
  ],
  entries: byColumns({ name: 'name', keyed: withoutExtension }),
  key: ({ id }) => id,
  reactions: REACTIONS.sequelize,
});
