import type { Client } from '../../src/database/service.ts';
import type { RecordedTable } from './record.ts';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Makes the tables of a tool as it left them: columns, types and rows. */
export async function replay(client: Client, tables: readonly RecordedTable[]): Promise<void> {
  for (const { schema, name, columns, rows } of tables) {
    const table = `${quoted(schema)}.${quoted(name)}`;
    const list = columns.map(([column, type]) => `${quoted(column)} ${type}`).join(', ');
    await client.query(`create schema if not exists ${quoted(schema)}; create table ${table} (${list})`);
    const values = columns.map(([, type], at) => `$${at + 1}::text::${type}`).join(', ');
    for (const row of rows) await client.query(`insert into ${table} values (${values})`, [...row]);
  }
}
