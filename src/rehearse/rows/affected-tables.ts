import type { Client } from '../../database/service.ts';
import type { FilledTable } from './read-tables.ts';

/** A table by its name, as the catalog has it. */
export interface Named {
  readonly schema: string;
  readonly name: string;
}

/** The named tables with their partitions, those that refer to them, and all that these must refer to. */
export async function affectedTables(
  client: Client,
  tables: readonly FilledTable[],
  names: readonly Named[],
): Promise<FilledTable[]> {
  const { rows } = await client.query<{ oid: string }>(
    `select c.oid::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       join unnest($1::text[], $2::text[]) as wanted(schema, name) on nspname = wanted.schema and relname = wanted.name`,
    [names.map(({ schema }) => schema), names.map(({ name }) => name)],
  );
  const oids = new Set(rows.map(({ oid }) => oid));
  const isOf = (table: FilledTable, oids: ReadonlySet<string>): boolean => table.ancestors.some(oid => oids.has(oid));
  const chosen = new Set(
    tables.filter(table => isOf(table, oids) || table.foreignKeys.some(({ target }) => oids.has(target))),
  );
  for (const table of chosen) {
    const targets = new Set(table.foreignKeys.map(({ target }) => target));
    for (const other of tables) if (isOf(other, targets)) chosen.add(other);
  }
  return tables.filter(table => chosen.has(table));
}
