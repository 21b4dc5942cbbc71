import type { TestDatabase } from '../database/test-server.ts';
import type { Client } from '../database/service.ts';
import { fingerprintRows } from '../rehearse/integrity/rows.ts';
import { structureOf, type Structure } from './structure.ts';

/** What a tool's command left in a database. */
export interface Left {
  readonly whole: Structure;
  /** Without what the tool keeps for itself. */
  readonly schema: Structure;
  /** How many rows each table has, those that the tool keeps for itself left out. */
  readonly rows: ReadonlyMap<string, string>;
}

interface Own {
  /** Tables in which tools record what they have applied, as `name` or `schema.name`. */
  readonly names: readonly string[];
  /** A migration that is applied: a table that names it is such a table, whatever it is called. */
  readonly applied: string;
  /** The files' own schema: what is in it the tool does not keep for itself. */
  readonly files: Structure;
}

/** Shorter ones may stand in any row. */
const TELLING = 6;

/** What the tool keeps for itself is dropped for a look, and that is rolled back. */
export async function leftIn(database: TestDatabase, own: Own): Promise<Left> {
  const client = await database.open();
  try {
    await client.query('begin');
    const whole = await structureOf(client);
    const tables = await bookkeeping(client, whole, own);
    const counted = [...(await fingerprintRows(client))].filter(([table]) => !tables.includes(table));
    for (const table of tables) await client.query(`drop table if exists ${table} cascade`);
    for (const schema of new Set(tables.map(schemaOf)))
      if (!own.files.has(`schema ${unquoted(schema)}`)) await client.query(`drop schema if exists ${schema} cascade`);
    const schema = await structureOf(client);
    return { whole, schema, rows: new Map(counted.map(([table, { count }]) => [table, count])) };
  } finally {
    await client.end();
  }
}

async function bookkeeping(client: Client, whole: Structure, { names, applied, files }: Own): Promise<string[]> {
  const created = new Set(
    names.flatMap(name => [name.toLowerCase(), ...(name.startsWith('public.') ? [name.slice(7)] : [])]),
  );
  const extra = [...whole.keys()].filter(key => key.startsWith('table ') && !files.has(key)).map(key => key.slice(6));
  const tables: string[] = [];
  for (const table of extra) {
    const name = unquoted(table).toLowerCase();
    if (created.has(name) || created.has(name.slice(name.indexOf('.') + 1)) || (await signsOf(client, table, applied)))
      tables.push(table);
  }
  return tables;
}

async function signsOf(client: Client, table: string, applied: string): Promise<boolean> {
  if (applied.length < TELLING) return false;
  const { rows } = await client.query(`select from ${table} t where pg_catalog.strpos(t::text, $1) > 0 limit 1`, [
    applied,
  ]);
  return rows.length > 0;
}

const unquoted = (name: string): string => name.replaceAll('"', '');
const schemaOf = (table: string): string => /^("(?:[^"]|"")*"|[^.]*)\./.exec(table)?.[1] ?? '';
