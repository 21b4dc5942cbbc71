import type { HistoryTable } from '../model/deploy-report.ts';
import { UserError } from '../model/errors.ts';
import type { FileMigration, HistoryTool } from './tool.ts';
import { isAlike, type Named } from './wanted.ts';

/** As Postgres writes it: quoted where it must be. */
export const printed = ({ schema, name }: Pick<HistoryTable, 'schema' | 'name'>): string =>
  [schema, name].map(part => (/^[a-z_][a-z0-9_$]*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`)).join('.');

interface Picked {
  readonly table: HistoryTable;
  readonly notes: readonly string[];
}

const fits = ({ columns }: HistoryTable, { columns: needed, foreign }: HistoryTool): boolean =>
  needed.every(column => columns.includes(column)) && !foreign.some(column => columns.includes(column));

/** How many of the files a table knows. */
export function shared(table: HistoryTable, tool: HistoryTool, files: readonly FileMigration[]): number {
  const keys = new Set(tool.entries(table.rows).map(({ key }) => key));
  return files.filter(one => keys.has(tool.key(one))).length;
}

/**
 * The table in which a tool has recorded these files.
 * @throws UserError where there is none, where it cannot be read, and where several could be
 */
export function pick(
  tables: readonly HistoryTable[],
  {
    tool,
    tableName,
    files,
  }: { readonly tool: HistoryTool; readonly tableName: Named; readonly files: readonly FileMigration[] },
): Picked {
  const called = tables.filter(
    ({ schema, name }) => name === tableName.name && (tableName.schema === null || schema === tableName.schema),
  );
  const own = called.filter(table => fits(table, tool));
  const unreadable = own.find(({ problem }) => problem !== null);
  if (unreadable)
    throw new UserError(
      `The history table ${printed(unreadable)} of ${tool.id} could not be read: ${unreadable.problem ?? ''}.`,
      {
        hint: `Grant it: GRANT USAGE ON SCHEMA and GRANT SELECT ON ${printed(unreadable)} to the role of the URL.`,
      },
    );
  const [only] = own;
  if (only && own.length === 1) return { table: only, notes: [] };
  if (own.length > 1) return { table: best(own, { tool, files }), notes: [] };
  const alike = tables.filter(
    table =>
      table.problem === null && fits(table, tool) && shared(table, tool, files) > 0 && isAlike(table.columns, tool),
  );
  const [other] = alike;
  if (other && alike.length === 1 && tableName.by === null)
    return {
      table: other,
      notes: [`${printed(other)} was taken for the history of ${tool.id} because of its columns and rows.`],
    };
  const [foreign] = called;
  const qualifiedName = printed({ schema: tableName.schema ?? 'public', name: tableName.name });
  if (foreign)
    throw new UserError(
      `${printed(foreign)} is not a history table of ${tool.id}: its columns are ${foreign.columns.join(', ')}.`,
      { hint: `The tool needs ${tool.columns.join(', ')}. Set framework, or history-table, to what wrote the table.` },
    );
  if (alike.length > 0)
    throw new UserError(
      `${tableName.by ?? 'The default of the tool'} names ${qualifiedName}, which does not exist; ${alike.map(printed).join(' and ')} could be the history of ${tool.id}.`,
      { hint: `Set history-table: { table: ${printed(alike[0] ?? { schema: '', name: '' })} }.` },
    );
  throw new UserError(`The database has no history table of ${tool.id} (${qualifiedName}).`, {
    hint: 'Check that the URL names the right database. If nothing was ever deployed to it, deploy once with the tool itself. If the table has another name, set history-table.',
  });
}

function best(
  tables: readonly HistoryTable[],
  { tool, files }: { readonly tool: HistoryTool; readonly files: readonly FileMigration[] },
): HistoryTable {
  const ranked = tables.map(table => ({ table, count: shared(table, tool, files) })).sort((a, b) => b.count - a.count);
  const [first, second] = ranked;
  if (first && first.count > (second?.count ?? 0)) return first.table;
  throw new UserError(
    `Several tables could be the history of ${tool.id}: ${tables.map(printed).join(', ')}, and none has more of these files than the others.`,
    {
      hint: `Set history-table: { table: ${printed(tables[0] ?? { schema: '', name: '' })} }, or connect to the right database.`,
    },
  );
}
