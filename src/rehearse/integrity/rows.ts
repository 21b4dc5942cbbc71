import type { Client } from '../../database/service.ts';

/** What a table held: how many rows, and a checksum of each column that does not depend on their order. */
interface TableRows {
  /** The table's oid, which a new name leaves it. */
  readonly oid: number;
  readonly count: string;
  /** Row security hides rows from the owner himself (FORCE). */
  readonly hidden: boolean;
  readonly columns: Readonly<Record<string, string>>;
}

export type RowFingerprint = ReadonlyMap<string, TableRows>;

export interface LostRows {
  readonly table: string;
  readonly message: string;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Reads every user table once. */
export async function fingerprintRows(client: Client): Promise<RowFingerprint> {
  const { rows: tables } = await client.query<{ oid: number; hidden: boolean; name: string; columns: string[] }>(`
    select c.oid, c.relrowsecurity and c.relforcerowsecurity as hidden, pg_catalog.format('%I.%I', n.nspname, c.relname) as name, coalesce((select json_agg(a.attname order by a.attnum)
      from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]') as columns
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass
        and d.objid = c.oid and d.deptype = 'e')`);
  const fingerprints = new Map<string, TableRows>();
  for (const { oid, hidden, name, columns } of tables) {
    const sums = columns.map(
      (column, at) => `sum(pg_catalog.hashtextextended(t.${quoted(column)}::text, 0)::numeric)::text as "${at}"`,
    );
    const { rows } = await client.query<Record<string, string | null>>(
      `select ${['count(*)::text as count', ...sums].join(', ')} from only ${name} t`,
    );
    const row = rows[0] ?? {};
    const checksums = columns.map((column, at) => [column, row[String(at)] ?? '']);
    fingerprints.set(name, {
      oid,
      hidden,
      count: row.count ?? '0',
      columns: Object.fromEntries(checksums) as Record<string, string>,
    });
  }
  return fingerprints;
}

/** Tables with fewer rows than before, whatever they are called now; null: they are gone. */
export function fewerRows(
  before: RowFingerprint,
  after: RowFingerprint,
): { readonly table: string; readonly was: string; readonly is: string | null }[] {
  const byOid = new Map([...after.values()].map(table => [table.oid, table]));
  return [...before].flatMap(([table, { oid, count: was }]) => {
    const now = byOid.get(oid) ?? after.get(table);
    if (now && (now.hidden || BigInt(now.count) >= BigInt(was))) return [];
    return was === '0' ? [] : [{ table, was, is: now?.count ?? null }];
  });
}

/**
 * What rows and values of `before` are not in `after`; columns and tables that came new are nobody's loss. Of a table
 * that grew nothing is said: its checksums cannot be compared.
 */
export function lostRows(before: RowFingerprint, after: RowFingerprint): LostRows[] {
  return [...before].flatMap(([table, was]) => {
    if (was.count === '0') return [];
    const is = after.get(table);
    if (is === undefined) return [{ table, message: `${table} and its ${was.count} rows are gone` }];
    if (BigInt(is.count) > BigInt(was.count)) return [];
    if (is.count !== was.count) return [{ table, message: `${table} had ${was.count} rows and now has ${is.count}` }];
    return Object.entries(was.columns).flatMap(([column, sum]) => {
      const now = is.columns[column];
      if (now === sum || (now === undefined && sum === '')) return [];
      return [
        { table, message: `the values of ${table}.${column} ${now === undefined ? 'are gone' : 'are different'}` },
      ];
    });
  });
}
