import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns, nameOf } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** The class, whose name the tool records: `AddUsers1735689600000`; by default it has the words and digits of the file. */
function classOf(bytes: Uint8Array, file: string): string {
  const [, className] = /\bclass\s+([\w$]+)/.exec(new TextDecoder().decode(bytes)) ?? [];
  const [, digits = '', words = ''] = /^(\d+)-(.*)\.[jt]s$/.exec(nameOf(file)) ?? [];
  return className ?? `${words}${digits}`;
}

/** Measured with TypeORM 1.1.1. */
export default defineTool({
  id: 'typeorm',
  ran: '1.1.1',
  table: 'migrations',
  columns: ['id', 'timestamp', 'name'],
  foreign: ['batch', 'run_on', 'hash'],
  renamed: [
    {
      file: /(^|\/)(ormconfig|[\w.-]*data-?source)\.([cm]?[jt]s|json)$/i,
      table: /\bmigrationsTableName["']?\s*:\s*['"`]([^'"`]+)/,
    },
  ],
  entries: byColumns({ name: 'name' }),
  beside: /^typeorm_metadata$/,
  key: ({ bytes, file }) => classOf(bytes, file),
  reactions: REACTIONS.typeorm,
});
