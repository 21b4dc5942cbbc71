import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns, withoutExtension } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** Measured with MikroORM 7.2.1, which records `.mjs` and not `.js`. */
export default defineTool({
  id: 'mikro-orm',
  ran: '7.2.1',
  table: 'mikro_orm_migrations',
  columns: ['id', 'name', 'executed_at'],
  renamed: [
    {
      file: /(^|\/)mikro-orm[\w.-]*\.config\.[cm]?[jt]s$/,
      table: /\bmigrations\s*:\s*\{[^}]*?\btableName\s*:\s*['"`]([^'"`]+)/,
    },
  ],
  entries: byColumns({ name: 'name', keyed: withoutExtension, at: 'executed_at' }),
  key: ({ id }) => id,
  reactions: REACTIONS['mikro-orm'],
});
