import type { HistoryExport, HistoryTable } from '../model/deploy-report.ts';
import { UserError } from '../model/errors.ts';
import { connect, type Client } from '../database/service.ts';
import { codeOf, problemOf } from './problem.ts';
import { isAlike, type WantedTable } from './wanted.ts';

/** Longer than any read of a history table takes, and short enough for whoever waits behind a lock. */
const TIMEOUT_MS = 2_000;
/** Less than that, so that a lock is told from a slow answer. */
const LOCK_MS = 1_500;
/** Of one table. */
const MOST_ROWS = 100_000;

/**
 * One transaction that cannot write (manual, SET TRANSACTION), and sees one state of all tables. Names are qualified, so
 * that objects of the database cannot come before those of `pg_catalog`. Text forms do not depend on the role's settings.
 */
const BEGIN = `begin transaction isolation level repeatable read, read only;
  set local statement_timeout = ${TIMEOUT_MS};
  set local lock_timeout = ${LOCK_MS};
  set local idle_in_transaction_session_timeout = 10000;
  set local search_path = pg_catalog;
  set local timezone = 'UTC';
  set local datestyle = 'ISO, YMD';
  set local bytea_output = 'hex';
  set local client_encoding = 'UTF8'`;

/** Tables and views, of any schema but the server's own, whose columns are those of a history table. */
const FIND = `select n.nspname as schema, c.relname as name, pg_catalog.array_agg(a.attname::text order by a.attnum) as columns,
    pg_catalog.has_schema_privilege(n.oid, 'usage') as visible,
    pg_catalog.has_table_privilege(c.oid, 'select') as readable, pg_catalog.row_security_active(c.oid) as secured
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and (c.relname = any ($1) or exists (
      select from pg_catalog.json_array_elements($2::json) wanted
      where (select pg_catalog.count(*) from pg_catalog.json_array_elements_text(wanted) one
             join pg_catalog.pg_attribute own on own.attrelid = c.oid and own.attname = one and own.attnum > 0)
        = pg_catalog.json_array_length(wanted)))
  group by n.oid, n.nspname, c.oid, c.relname
  order by 1, 2`;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** What else is read: before the transaction begins, and in it after the history. */
export interface Beside<B, T> {
  readonly before: (client: Client) => Promise<B>;
  readonly within: (client: Client, before: B) => Promise<T>;
}

const NOTHING: Beside<null, null> = {
  before: async () => Promise.resolve(null),
  within: async () => Promise.resolve(null),
};

/**
 * The history tables of a database.
 * @throws UserError where it cannot be connected to or does not answer in time; it names no credentials
 */
export const readHistory = async (
  url: string,
  wantedTables: readonly WantedTable[],
  version: string,
): Promise<HistoryExport> => (await readDatabase(url, { wanted: wantedTables, version }, NOTHING)).recorded;

/**
 * The history tables of a database, and what else is wanted, as one transaction sees it.
 * @throws UserError as `readHistory` does
 */
export async function readDatabase<B, T>(
  url: string,
  { wanted, version }: { readonly wanted: readonly WantedTable[]; readonly version: string },
  beside: Beside<B, T>,
): Promise<{ readonly recorded: HistoryExport; readonly beside: T }> {
  const client = await connect(url);
  try {
    const before = await beside.before(client);
    await client.query(BEGIN);
    const { rows } = await client.query<{ name: string; server: number; at: string }>(
      `select pg_catalog.current_database() as name, pg_catalog.current_setting('server_version_num')::int as server,
         pg_catalog.to_char(pg_catalog.now(), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`,
    );
    const [database] = rows;
    const tables = await tablesIn(client, wanted);
    const found = await beside.within(client, before);
    await client.query('rollback');
    return {
      recorded: {
        format: 1,
        version,
        database: {
          name: database?.name ?? '',
          serverVersion: database?.server ?? 0,
          readAt: database?.at ?? '',
        },
        tables,
      },
      beside: found,
    };
  } catch (error) {
    throw asExpected(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface FoundTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly visible: boolean;
  readonly readable: boolean;
  readonly secured: boolean;
}

async function tablesIn(client: Client, wantedTables: readonly WantedTable[]): Promise<HistoryTable[]> {
  const { rows } = await client.query<FoundTable>(FIND, [
    [...new Set(wantedTables.map(({ name }) => name))],
    JSON.stringify(wantedTables.filter(({ byColumns }) => byColumns).map(({ columns }) => columns)),
  ]);
  const tables: HistoryTable[] = [];
  for (const row of rows)
    if (wantedTables.some(one => one.name === row.name || (one.byColumns && isAlike(row.columns, one))))
      tables.push(await tableOf(client, row, wantedTables));
  return tables;
}

/** The rows as text, of the columns that some tool needs. */
async function tableOf(client: Client, row: FoundTable, wantedTables: readonly WantedTable[]): Promise<HistoryTable> {
  const { schema, name, columns } = row;
  const table = { schema, name, columns };
  if (!row.visible) return { ...table, problem: 'the role has no USAGE privilege on its schema', rows: [] };
  if (!row.readable) return { ...table, problem: 'the role has no SELECT privilege on it', rows: [] };
  if (row.secured) return { ...table, problem: 'row-level security may hide rows from the role', rows: [] };
  const needed = new Set(
    wantedTables.filter(one => matches(row, one)).flatMap(one => [...one.columns, ...one.optional]),
  );
  const read = columns.filter(column => needed.has(column));
  if (read.length === 0) return { ...table, problem: null, rows: [] };
  const list = read.map(column => `t.${quoted(column)}::pg_catalog.text as ${quoted(column)}`).join(', ');
  const from = `${quoted(schema)}.${quoted(name)} t`;
  await client.query('savepoint one');
  try {
    const { rows } = await client.query<Record<string, string | null>>(
      `select ${list} from ${from} limit ${MOST_ROWS + 1}`,
    );
    await client.query('release savepoint one');
    const isWhole = rows.length <= MOST_ROWS;
    return { ...table, problem: isWhole ? null : `it has more than ${MOST_ROWS} rows`, rows: isWhole ? rows : [] };
  } catch (error) {
    await client.query('rollback to savepoint one');
    return { ...table, problem: problemOf(error), rows: [] };
  }
}

const matches = ({ name, columns }: Pick<FoundTable, 'name' | 'columns'>, one: WantedTable): boolean =>
  name === one.name ? one.columns.every(column => columns.includes(column)) : one.byColumns && isAlike(columns, one);

function asExpected(error: unknown): unknown {
  if (error instanceof UserError) return error;
  const code = codeOf(error);
  if (code === '57014')
    return new UserError('The database did not answer within 2 seconds.', {
      hint: 'Another session may hold locks on the system catalogs. Try again.',
    });
  return new UserError(`The migration history could not be read (${code === '' ? 'the connection was lost' : code}).`, {
    hint: 'Check that the role may connect and read the history table.',
    cause: error,
  });
}
