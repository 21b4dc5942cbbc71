import type { Client } from '../../database/service.ts';
import { quoted, type Target } from './probe.ts';

/** What the server has written so far. */
export interface Meter {
  /** Of the whole server, since its beginning. */
  readonly walBytes: number;
  /** What the tables hold with their indexes and TOAST. A table that is gone holds nothing. */
  readonly bytes: number;
}

/** The sizes take ACCESS SHARE, and release it at once (dbsize.c, pg_total_relation_size). */
export async function meter(client: Client, tables: readonly Target[]): Promise<Meter> {
  const { rows } = await client.query<{ wal: string; bytes: string }>(
    `select pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0') as wal,
       (select coalesce(sum(pg_catalog.pg_total_relation_size(pg_catalog.to_regclass(name))), 0)
          from unnest($1::text[]) name) as bytes`,
    [tables.map(quoted)],
  );
  return { walBytes: Number(rows[0]?.wal), bytes: Number(rows[0]?.bytes) };
}
