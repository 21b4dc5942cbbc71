import type {
  ComparedHistory,
  DeployReport,
  DeployVerdict,
  HistoryExport,
  HistoryTable,
  MigrationState,
} from '../model/deploy-report.ts';
import { UserError } from '../model/errors.ts';
import type { History } from '../model/source.ts';
import { compare } from './compare/compare.ts';
import { filesOf, type Bytes } from './files.ts';
import { ownTool, type OwnColumns } from './own-table.ts';
import { pick, printed, shared } from './pick.ts';
import { WITHOUT_TABLE } from './without-table.ts';
import type { Entry, FileMigration, HistoryTool } from './tool.ts';
import type { Named } from './wanted.ts';

/** Histories of one tool, and where it records them. */
export interface Expectation {
  /** Id of the framework. */
  readonly framework: string;
  readonly histories: readonly History[];
  /** Null where the tool's history table is not known. */
  readonly tool: HistoryTool | null;
  readonly tableName: Named;
  /** Columns of a table of one's own; null for a tool's. */
  readonly columns: OwnColumns | null;
  /** The configuration makes statements commit one by one. */
  readonly piecewise: boolean;
  /** Files beside the migrations that the tool never runs. */
  readonly strays: readonly MigrationState[];
  readonly notes: readonly string[];
}

interface Answered {
  readonly history: ComparedHistory;
  readonly states: readonly MigrationState[];
  readonly notes: readonly string[];
  readonly locked: string | null;
}

/** The verdict on what the files and the recorded rows say. */
export function answer(
  expectations: readonly Expectation[],
  recorded: HistoryExport,
  { bytes, version }: { readonly bytes: Bytes; readonly version: string },
): DeployReport {
  const answered: Answered[] = [];
  const failures: UserError[] = [];
  for (const one of expectations)
    try {
      answered.push(...against(one, recorded.tables, bytes));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push(error);
    }
  const strays = expectations.flatMap(one => one.strays);
  const migrations = [...answered.flatMap(({ states }) => states), ...strays];
  const base = {
    version,
    database: recorded.database,
    histories: answered.map(({ history }) => history),
    migrations,
    preflight: [],
    notes: [...expectations, ...answered].flatMap(({ notes }) => notes),
  };
  const [failure] = failures;
  if (failure)
    return {
      ...base,
      verdict: 'could-not-judge',
      reasons: failures.map(({ message }) => message),
      hint: failure.hint,
    };
  const locked = answered.flatMap(one => one.locked ?? []);
  const blocking = migrations.filter(one => verdictOf(one) === 'block');
  const warning = migrations.filter(one => verdictOf(one) === 'warn');
  const verdict = locked.length + blocking.length > 0 ? 'block' : warning.length > 0 ? 'warn' : 'go';
  const [first] = [...blocking, ...warning];
  return {
    ...base,
    verdict,
    reasons: [...locked, ...[...blocking, ...warning].map(({ id, state, because }) => `${id}: ${state}. ${because}`)],
    hint: locked.length > 0 ? LOCKED : first ? hintFor(first) : null,
  };
}

const LOCKED = 'Make sure that no migration is running, then release the lock with the command of the tool.';

/** A table with fewer rows may have none of the files after a rename. */
const TELLING = 3;

function against(one: Expectation, tables: readonly HistoryTable[], bytes: Bytes): Answered[] {
  const { framework } = one;
  return byTable(one, tables, bytes).map(({ table, notes, histories, historyTool }) => {
    const files = filesOf(histories, { bytes, piecewise: one.piecewise });
    if (
      historyTool.compare === 'names' &&
      table.rows.length >= TELLING &&
      files.length > 0 &&
      shared(table, historyTool, files) === 0
    )
      throw new UserError(
        `None of the ${files.length} migrations of ${framework} is recorded in ${printed(table)}, which has ${table.rows.length} rows.`,
        { hint: 'Check that the URL names the database of these migrations; paths selects others.' },
      );
    const compared = compare({ tool: historyTool, files, entries: entriesOf(historyTool, table, tables) });
    return {
      history: {
        tool: framework,
        roots: histories.map(({ root }) => root),
        table: printed(table),
        rows: table.rows.length,
        checksum: compared.checksum,
      },
      states: compared.states,
      notes: [
        ...notes,
        ...compared.notes,
        ...(historyTool.checksum === null && table.rows.length > 0
          ? [`Edits of applied migrations of ${framework} cannot be seen: ${historyTool.withoutChecksum}.`]
          : []),
      ],
      locked: lockedBy(historyTool, table, tables),
    };
  });
}

/** The rows of the history, and failures of what is not in it. */
function entriesOf(tool: HistoryTool, table: HistoryTable, tables: readonly HistoryTable[]): readonly Entry[] {
  const own = tool.entries(table.rows);
  const { failures } = tool;
  if (failures === null) return own;
  const failureTable = tables.find(({ schema, name }) => schema === table.schema && name === failures.table);
  if (failureTable === undefined) return own;
  if (failureTable.problem !== null)
    throw new UserError(
      `${printed(failureTable)}, in which ${tool.id} notes failures, could not be read: ${failureTable.problem}.`,
      {
        hint: `Grant SELECT on ${printed(failureTable)} to the role of the URL.`,
      },
    );
  const recordedKeys = new Set(own.map(({ key }) => key));
  return [...own, ...failures.entries(failureTable.rows).filter(({ key }) => !recordedKeys.has(key))];
}

interface Group {
  readonly historyTool: HistoryTool;
  readonly table: HistoryTable;
  readonly notes: readonly string[];
  readonly histories: readonly History[];
}

/** Which table each of the histories of a tool has; those with the same one are one history. */
function byTable(
  { framework, histories, tool, tableName, columns, piecewise }: Expectation,
  tables: readonly HistoryTable[],
  bytes: Bytes,
): Group[] {
  const groups = new Map<HistoryTable, Group & { readonly histories: History[] }>();
  // The apps of Django have directories of their own, and one history.
  const parts = tool?.compare === 'graph' ? [histories] : histories.map(one => [one]);
  for (const part of parts) {
    const files = filesOf(part, { bytes, piecewise });
    const historyTool = columns === null ? tool : ownFrom(framework, { tableName, columns, tables, files });
    if (historyTool === null)
      throw new UserError(
        `The history of ${framework} cannot be read: ${WITHOUT_TABLE[framework] ?? 'its table is not known'}.`,
        {
          hint: 'Name its table and columns: history-table: { table, version, name, checksum, at }.',
        },
      );
    const { table, notes } = pick(tables, { tool: historyTool, tableName, files });
    if (parts.length > 1 && shared(table, historyTool, files) === 0)
      throw new UserError(
        `Of the migrations in ${part.map(({ root }) => root).join(', ')}, none is recorded in ${printed(table)}, so they may be for another database.`,
        { hint: 'Select the migrations of this database with paths.' },
      );
    const group = groups.get(table);
    if (group) group.histories.push(...part);
    else groups.set(table, { historyTool, table, notes, histories: [...part] });
  }
  return [...groups.values()];
}

function ownFrom(
  framework: string,
  {
    tableName,
    columns,
    tables,
    files,
  }: { tableName: Named; columns: OwnColumns; tables: readonly HistoryTable[]; files: readonly FileMigration[] },
): HistoryTool {
  const rows =
    tables.find(one => one.name === tableName.name && (tableName.schema === null || one.schema === tableName.schema))
      ?.rows ?? [];
  return ownTool({ id: framework, table: tableName.name, schema: tableName.schema, columns }, { rows, files });
}

const isTrue = (value: string | null | undefined): boolean => value === 'true' || value === '1';

function lockedBy({ id, lock }: HistoryTool, { schema }: HistoryTable, tables: readonly HistoryTable[]): string | null {
  if (lock === null) return null;
  const lockTable = tables.find(one => one.name === lock.table && one.schema === schema);
  if (!lockTable?.rows.some(row => isTrue(row[lock.column]))) return null;
  return `${printed(lockTable)} says that a migration is running, and ${id} refuses until it is released: \`${lock.release}\`.`;
}

/** What one migration means for the whole. */
function verdictOf({ state, next }: MigrationState): DeployVerdict {
  return WORST[Math.max(OF_STATE[state], OF_NEXT[next])] ?? 'block';
}

const WORST: readonly DeployVerdict[] = ['go', 'warn', 'block'];
const OF_STATE: Readonly<Record<MigrationState['state'], 0 | 1 | 2>> = {
  applied: 0,
  pending: 0,
  'pending, skipped': 2,
  edited: 1,
  missing: 1,
  'out of order': 1,
  failed: 2,
  'half-applied': 2,
  'rolled back': 1,
  baseline: 0,
};
const OF_NEXT: Readonly<Record<MigrationState['next'], 0 | 1 | 2>> = {
  nothing: 0,
  apply: 0,
  'apply late': 1,
  'skip saying ok': 2,
  refuse: 2,
  'run twice': 2,
  'not reached': 0,
};

const HINTS: Readonly<Record<MigrationState['state'], string | null>> = {
  applied: 'Restore the file that it depends on.',
  pending: 'Keep the name under which it is recorded, or merge the heads.',
  'pending, skipped': 'Give the migration a newer number or time than every applied one.',
  edited: 'Restore the file as it was applied, and put the change into a new migration.',
  missing: 'Deploy a commit that contains the file, or restore it.',
  'out of order': 'Give the migration a newer number or time, if it depends on nothing that is newer.',
  failed: 'Find out what failed, repair it, and record it with the command of the tool (resolve, repair or force).',
  'half-applied': 'Find out which statements were committed, and record the rest with the command of the tool.',
  'rolled back': 'Check that nothing of it is left in the database.',
  baseline: null,
};

const hintFor = ({ state }: MigrationState): string | null => HINTS[state];
