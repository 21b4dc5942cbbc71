import { attempt, leave } from '../../database/failure.ts';
import type { Client } from '../../database/service.ts';
import { affectedTables, type Named } from './affected-tables.ts';
import { topologicalOrder } from './topological-order.ts';
import { insertionOf, quoted, type Target } from './insertion.ts';
import { readTables, type FilledTable } from './read-tables.ts';

/** What became of each table. */
export interface Filled {
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  /** Tables without a row of ours, and why. */
  readonly unfilled: readonly { readonly name: string; readonly because: string }[];
}

/** Migrations insert rows with the first numbers as keys, and some are there already: ours begin far above. */
const FAR = 1_000_000;
const ATTEMPTS = [
  { edgeCases: 'bold', factor: 20, later: FAR, skipping: true },
  { edgeCases: 'bold', factor: 20, later: 0, skipping: true },
  { edgeCases: 'plain', factor: 20, later: FAR, skipping: true },
  { edgeCases: 'plain', factor: 20, later: FAR, skipping: false },
  { edgeCases: 'plain', factor: 20, later: 0, skipping: true },
  { edgeCases: 'plain', factor: 2000, later: 0, skipping: true },
] as const;
const MOST_TRIES = 400_000;

export interface Amount {
  readonly rows: number;
  readonly seed?: number;
  /** Only these tables, and what their foreign keys need. */
  readonly only?: readonly Named[];
}

/** Fills tables with rows that their constraints allow: about `rows` in each, the same ones for the same seed. */
export async function generateRows(client: Client, { rows, seed = 1, only }: Amount): Promise<Filled> {
  const all = await readTables(client);
  const tables = topologicalOrder(only ? await affectedTables(client, all, only) : all);
  const filled: { name: string; rows: number }[] = [];
  const unfilled: { name: string; because: string }[] = [];
  const targets = new Map<string, Target>();
  for (const [at, table] of tables.entries()) {
    let count = 0;
    let because = 'no generated row satisfies its constraints';
    for (const { edgeCases, factor, later, skipping } of ATTEMPTS) {
      const tries = Math.max(rows, Math.min(rows * factor, MOST_TRIES));
      const from = 1 + later + (table.partition ? at * 1_000_000 : 0);
      const insertion = insertionOf(table, { rows, tries, from, seed, edgeCases, skipping, targets });
      if ('because' in insertion) {
        because = insertion.because;
        break;
      }
      try {
        count = await insert(client, table, insertion.sql);
      } catch (error) {
        because = error instanceof Error ? error.message : String(error);
      }
      if (count > 0) break;
    }
    if (count > 0) filled.push({ name: table.name, rows: count });
    else unfilled.push({ name: table.name, because });
    await countTargets(client, table, targets);
  }
  return { tables: filled, unfilled };
}

/** What of the repository's own rows could not be made. */
export interface FailedSeed {
  /** Null for a command. */
  readonly file: string | null;
  readonly because: string;
  /** Where the server says so. */
  readonly line?: number;
}

/** Runs the repository's own seed, one file as one message. */
export async function insertSeed(
  client: Client,
  files: readonly { readonly file: string; readonly sql: string }[],
): Promise<FailedSeed[]> {
  const failed: FailedSeed[] = [];
  for (const { file, sql } of files) {
    const failure = await attempt(client, sql);
    if (failure === null) continue;
    const { message, sqlstate, position } = failure;
    const line = position === undefined ? {} : { line: Array.from(sql).slice(0, position).join('').split('\n').length };
    failed.push({ file, because: `${message} (${sqlstate})`, ...line });
    // A file may open a transaction of its own, and leave it.
    await leave(client, failure);
  }
  return failed;
}

const MODES = { O: 'enable', R: 'enable replica', A: 'enable always' } as const;

/** In a transaction of its own, with the table's triggers silent and its row security off, as its owner may. */
async function insert(client: Client, table: FilledTable, sql: string): Promise<number> {
  const { name, triggers, forcedRls } = table;
  await client.query('begin');
  try {
    for (const trigger of triggers) await client.query(`alter table ${name} disable trigger ${quoted(trigger.name)}`);
    if (forcedRls) await client.query(`alter table ${name} no force row level security`);
    const { rowCount } = await client.query(sql);
    await client.query('set constraints all immediate');
    for (const trigger of triggers)
      await client.query(`alter table ${name} ${MODES[trigger.mode]} trigger ${quoted(trigger.name)}`);
    if (forcedRls) await client.query(`alter table ${name} force row level security`);
    await advanceSequences(client, table);
    await client.query('commit');
    return rowCount ?? 0;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** Sequences stay ahead of the column that they serve. */
async function advanceSequences(client: Client, table: FilledTable): Promise<void> {
  const { rows } = await client.query<{ sequence: string; name: string }>(
    `select d.refobjid::regclass::text as sequence, a.attname as name
       from pg_catalog.pg_attribute a join pg_catalog.pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
       join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_attrdef'::regclass and d.objid = f.oid
       join pg_catalog.pg_class s on s.oid = d.refobjid and s.relkind = 'S' where a.attrelid = $1::oid
     union select d.objid::regclass::text, a.attname
       from pg_catalog.pg_depend d join pg_catalog.pg_class s on s.oid = d.objid and s.relkind = 'S'
       join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where d.deptype in ('a', 'i') and d.refobjid = $1::oid`,
    [table.oid],
  );
  for (const { sequence, name } of rows) {
    const column = table.columns.find(one => one.name === name);
    if (column === undefined || !/^int[248]$/.test(column.base) || column.array) continue;
    await client.query(
      `select pg_catalog.setval($1::regclass, greatest(top, (select last_value from ${sequence})))
         from (select max(${quoted(name)})::bigint as top from ${table.name}) t
        where top between 1 and (select seqmax from pg_catalog.pg_sequence where seqrelid = $1::regclass)`,
      [sequence],
    );
  }
}

async function countTargets(client: Client, table: FilledTable, targets: Map<string, Target>): Promise<void> {
  const { rows } = await client.query<{ oid: string; name: string }>(
    `select c.oid::text, pg_catalog.format('%I.%I', n.nspname, c.relname) as name
       from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid::text = any ($1)`,
    [table.ancestors],
  );
  for (const { oid, name } of rows) {
    const { rows: counted } = await client.query<{ count: number }>(`select count(*)::int as count from ${name}`);
    targets.set(oid, { name, count: counted[0]?.count ?? 0 });
  }
}
