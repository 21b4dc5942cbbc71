import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** Measured with node-pg-migrate 9.0.0: the names of rows and files are compared one by one (`checkOrder` in runner.ts). */
export default defineTool({
  id: 'node-pg-migrate',
  ran: '9.0.0',
  table: 'pgmigrations',
  columns: ['id', 'name', 'run_on'],
  renamed: [
    {
      file: /(^|\/)(package\.json|\.?node-pg-migrate[\w.-]*|config\/[\w.-]+\.(js|json|cjs|ts))$/,
      table: /(?:--migrations-table[ =]|-t[ =]|["']?migrations-?[tT]able["']?\s*:\s*["'])([\w.]+)/,
      schema: /(?:--migrations-schema[ =]|["']?migrations-?[sS]chema["']?\s*:\s*["'])([\w.]+)/,
    },
  ],
  entries: rows => byColumns({ name: 'name', at: 'run_on' })([...rows].sort((a, b) => Number(a.id) - Number(b.id))),
  advisoryLock: '7241865325823964',
  key: ({ id }) => id,
  reactions: REACTIONS['node-pg-migrate'],
});
