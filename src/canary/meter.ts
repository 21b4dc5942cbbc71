import type { Client } from '../database/service.ts';

/** What the server has written so far. */
export interface Meter {
  /** Of the whole server, since its beginning. */
  readonly walBytes: number;
  /** The size of this database. */
  readonly bytes: number;
}

/** Takes no lock on any relation, which pg_total_relation_size would. */
export async function meter(client: Client): Promise<Meter> {
  const { rows } = await client.query<{ wal: string; bytes: string }>(
    `select pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0') as wal,
            pg_catalog.pg_database_size(pg_catalog.current_database()) as bytes`,
  );
  return { walBytes: Number(rows[0]?.wal), bytes: Number(rows[0]?.bytes) };
}
