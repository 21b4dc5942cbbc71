import { historyTools } from '../../src/deploy/tools/index.ts';
import type { HistoryTool } from '../../src/deploy/tool.ts';
import { WITHOUT_TABLE } from '../../src/deploy/without-table.ts';

const tableOf = ({ schema, table }: HistoryTool): string => `\`${schema === null ? '' : `${schema}.`}${table}\``;

/** The tools whose history is read, with what they do next. */
export const historyToolsTable = (): string =>
  [
    '| Tool | Run | Table | Checksum | Late file | Edited file | Missing file |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...historyTools.map(tool => {
      const { id, ran, checksum, reactions } = tool;
      const { late, edited, missing } = reactions;
      const cells = [
        id,
        ran ?? '',
        tableOf(tool),
        checksum?.name.split(/ of |,/)[0] ?? '',
        late[0],
        edited[0],
        missing[0],
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');

/** The frameworks whose history is not read. */
export const withoutTable = (): string =>
  Object.entries(WITHOUT_TABLE)
    .map(([id, why]) => `- ${id}: ${why}.`)
    .join('\n');
