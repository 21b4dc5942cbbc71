import { collect } from '../migrations/collect.ts';
import { globsOf } from '../migrations/asked-paths.ts';
import type { Options } from '../config/options.ts';
import { UserError } from '../model/errors.ts';
import type { Repo } from '../model/framework.ts';
import type { History } from '../model/source.ts';
import type { Expectation } from './answer.ts';
import type { OwnColumns } from './own-table.ts';
import { straysOf, withoutStrays } from './strays.ts';
import type { HistoryTool } from './tool.ts';
import { historyTools } from './tools/index.ts';
import { isPiecewise, namedIn, placed, wantedOf, type Named, type WantedTable } from './wanted.ts';

type HistoryOptions = Pick<Options, 'framework' | 'paths' | 'ignore' | 'history-table'>;

const TOOLS: ReadonlyMap<string, HistoryTool> = new Map(historyTools.map(tool => [tool.id, tool]));

/** The tool of a framework; null where its history table is not known. */
const toolOf = (framework: string): HistoryTool | null => TOOLS.get(framework) ?? null;

/**
 * The migrations of the checkout, by tool, and where each tool records them.
 * @throws UserError where there are none, or where `history-table` lacks what it needs
 */
export async function expectations(repo: Repo, options: HistoryOptions): Promise<Expectation[]> {
  const { framework, ignore } = options;
  const paths = globsOf(options);
  const { histories: all } = await collect(repo, { framework, paths, ignore, changed: new Set() });
  const histories = all.map(withoutStrays).filter(({ migrations }) => migrations.length > 0);
  if (histories.length === 0)
    throw new UserError('The checkout contains no migrations.', {
      hint: 'Set paths and framework if auto-detection fails (docs/frameworks.md).',
    });
  const byTool = new Map<string, History[]>();
  for (const one of histories) byTool.set(one.framework, [...(byTool.get(one.framework) ?? []), one]);
  const givenTable = tableGiven(options);
  const result: Expectation[] = [];
  for (const [id, own] of byTool) {
    const tool = toolOf(id);
    const isOwn = givenTable !== null && (byTool.size === 1 || id === 'plain-sql');
    const columns = isOwn ? givenTable.columns : null;
    const tableName = isOwn
      ? givenTable.tableName
      : tool === null
        ? { schema: null, name: '', by: null }
        : await namedIn(repo, tool);
    const piecewise = tool !== null && (await isPiecewise(repo, tool));
    const unlisted = paths === null ? straysOf(repo, own, ignore) : [];
    // Other runners are known to share its directories.
    const isShared = id === 'golang-migrate';
    const notes =
      isShared && unlisted.length > 0
        ? [`${id} does not run ${unlisted.map(({ file }) => file ?? '').join(', ')}.`]
        : [];
    const strays = isShared ? [] : unlisted;
    result.push({ framework: id, histories: own, tool, tableName, columns, piecewise, strays, notes });
  }
  return result;
}

interface GivenTable {
  readonly tableName: Named;
  /** Null where the table is that of the tool, under another name. */
  readonly columns: OwnColumns | null;
}

function tableGiven({ 'history-table': option }: HistoryOptions): GivenTable | null {
  if (option === null) return null;
  const { table, ...columns } = option;
  if (table === undefined)
    throw new UserError('history-table: table is missing.', { hint: 'Name the table: { table: migration_versions }.' });
  const isOwn = Object.keys(columns).length > 0;
  if (isOwn && columns.version === undefined && columns.name === undefined)
    throw new UserError('history-table: version or name is missing: a column that identifies a migration.');
  return { tableName: { ...placed(table, null), by: 'history-table' }, columns: isOwn ? columns : null };
}

/** The tables of all tools by their default names, and those that the options and the project's configuration name. */
export function wantedTables(options: HistoryOptions, expected: readonly Expectation[]): WantedTable[] {
  const givenTable = tableGiven(options);
  const own = givenTable?.columns
    ? [{ ...givenTable.tableName, columns: Object.values(givenTable.columns), optional: [], byColumns: false }]
    : [];
  const usual = historyTools.flatMap(tool => wantedOf(tool, { schema: tool.schema, name: tool.table }));
  const renamed = expected.flatMap(({ tool, tableName }) => (tool === null ? [] : wantedOf(tool, tableName, true)));
  const called = givenTable?.columns !== null ? [] : historyTools.flatMap(tool => wantedOf(tool, givenTable.tableName));
  return [...own, ...usual, ...renamed, ...called];
}
