import { textIn, type Repo } from '../model/framework.ts';
import type { HistoryTool } from './tool.ts';

/** A table that may hold a history. */
export interface WantedTable {
  readonly schema: string | null;
  readonly name: string;
  readonly columns: readonly string[];
  /** A table of another name with these columns, and no others but the optional ones, is wanted, too. */
  readonly byColumns: boolean;
  /** Read where they exist. */
  readonly optional: readonly string[];
}

/** A history table as the project names it. */
export interface Named {
  readonly schema: string | null;
  readonly name: string;
  /** The file that says so; null if it is the default of the tool. */
  readonly by: string | null;
}

/** What the configuration of the project calls the history table; files above the migrations are read, no program is run. */
export async function namedIn(repo: Repo, tool: HistoryTool): Promise<Named> {
  for (const { file, table, schema } of tool.renamed)
    for (const path of repo.paths) {
      if (!file.test(path) || path.includes('node_modules/')) continue;
      const text = (await textIn(repo, path)) ?? '';
      const name = table?.exec(text)?.[1];
      const place = schema?.exec(text)?.[1];
      if (name === undefined && place === undefined) continue;
      return { ...placed(name ?? tool.table, place ?? tool.schema), by: path };
    }
  return { schema: tool.schema, name: tool.table, by: null };
}

/** Whether the configuration of the project makes the statements of a file commit one by one. */
export async function isPiecewise(repo: Repo, { piecewise }: HistoryTool): Promise<boolean> {
  for (const { file, pattern } of piecewise)
    for (const path of repo.paths)
      if (file.test(path) && !path.includes('node_modules/') && pattern.test(await repo.read(path))) return true;
  return false;
}

/** `audit.migrations`, or `migrations` in a schema that is said apart. */
export function placed(written: string, schema: string | null): Pick<Named, 'schema' | 'name'> {
  const dot = written.indexOf('.');
  return dot < 0 ? { schema, name: written } : { schema: written.slice(0, dot), name: written.slice(dot + 1) };
}

/** One column is in many tables. */
const FEWEST = 2;
/** Columns of history tables that nothing reads. */
const UNREAD = ['id', 'logs'];

/** Whether a table has the columns of a history, and none that would make it a table of the application. */
export const isAlike = (
  columns: readonly string[],
  { columns: needed, optional }: Pick<WantedTable, 'columns' | 'optional'>,
): boolean =>
  needed.length >= FEWEST &&
  needed.every(column => columns.includes(column)) &&
  columns.every(column => [...needed, ...optional, ...UNREAD].includes(column));

/** The tables of a tool: its history, and those of failures and of locks. `alike`: also histories of other names. */
export const wantedOf = (
  tool: HistoryTool,
  { schema, name }: Pick<Named, 'schema' | 'name'>,
  alike = false,
): WantedTable[] => [
  {
    ...{ schema, name, columns: tool.columns, optional: tool.optional },
    byColumns: alike && tool.columns.length >= FEWEST,
  },
  ...(tool.failures === null
    ? []
    : [{ schema, name: tool.failures.table, columns: tool.failures.columns, optional: [], byColumns: false }]),
  ...(tool.lock === null
    ? []
    : [{ schema, name: tool.lock.table, columns: [tool.lock.column], optional: [], byColumns: false }]),
];
