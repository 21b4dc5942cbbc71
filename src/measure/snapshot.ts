import { bare } from '../model/bare.ts';
import type { Client } from '../database/service.ts';
import { lockModeFromPgLocks, stronger, type LockMode } from '../model/lock.ts';
import type { RelationKind } from '../model/schema.ts';

/** pg_class.relkind. Toast tables stand for nothing that a statement names. */
export const KINDS: Readonly<Record<string, RelationKind>> = bare({
  r: 'table',
  p: 'partitioned-table',
  f: 'foreign-table',
  m: 'materialized-view',
  v: 'view',
  S: 'sequence',
  c: 'composite-type',
  i: 'index',
  I: 'index',
});

/** A relation of pg_class that other sessions can see once it is committed. */
export interface KnownRelation {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationKind;
  /** Of its file; 0 where there is none. */
  readonly file: number;
  /** An index's table. */
  readonly table: number | null;
}

/** What a session sees of itself between two statements. */
export interface Snapshot {
  readonly relations: ReadonlyMap<number, KnownRelation>;
  /** Strongest granted mode of this session, by relation. */
  readonly locks: ReadonlyMap<number, LockMode>;
  /** Sequential scans begun by this session, by relation. */
  readonly scans: ReadonlyMap<number, number>;
  /** Names of this session's temporary tables, which a message of the server may mean as well. */
  readonly temporary: ReadonlySet<string>;
}

/** Every name is qualified: the migration may have set search_path. Needs no privilege: it may have set its role, too. */
const RELATIONS = `
  select c.oid, n.nspname as schema, c.relname as name, c.relkind::pg_catalog.text as kind, c.relfilenode as file,
         i.indrelid as "table"
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_index i on i.indexrelid = c.oid
  where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    and c.relpersistence <> 't' and c.relkind in ('r', 'p', 'f', 'm', 'v', 'S', 'c', 'i', 'I')`;
/** A serializable transaction marks what it has read with SIReadLock, which stops nobody (manual, 13.2.3). */
const LOCKS = `
  select l.relation as oid, l.mode
  from pg_catalog.pg_locks l
  join pg_catalog.pg_database d on d.oid = l.database and d.datname = pg_catalog.current_database()
  where l.locktype = 'relation' and l.pid = $1 and (l.granted or $2)
    and l.mode <> 'SIReadLock'`;
/** Up to 14 the view counts since the last report to the collector, which happens between transactions. */
const SCANS = 'select relid as oid, seq_scan::pg_catalog.int4 as scans from pg_catalog.pg_stat_xact_user_tables';
const TEMPORARY = `
  select c.relname as name from pg_catalog.pg_class c
  where c.relnamespace = pg_catalog.pg_my_temp_schema() and c.relkind = 'r'`;

/** The relations of the database. */
export async function relationsOf(client: Client): Promise<Map<number, KnownRelation>> {
  const { rows } = await client.query<Omit<KnownRelation, 'kind'> & { kind: string }>(RELATIONS);
  const relations = new Map<number, KnownRelation>();
  for (const row of rows) {
    const kind = KINDS[row.kind];
    if (kind) relations.set(row.oid, { ...row, kind });
  }
  return relations;
}

/** The strongest mode per relation that backend `pid` holds, or (`waiting`) also asks for. */
export async function locksOf(client: Client, pid: number, waiting = false): Promise<Map<number, LockMode>> {
  const { rows } = await client.query<{ oid: number; mode: string }>(LOCKS, [pid, waiting]);
  const locks = new Map<number, LockMode>();
  for (const { oid, mode } of rows) {
    const lockMode = lockModeFromPgLocks(mode);
    locks.set(oid, stronger(lockMode, locks.get(oid) ?? lockMode));
  }
  return locks;
}

/** Relations, own locks and own scans, now. */
export async function snapshot(client: Client, pid: number): Promise<Snapshot> {
  const relations = await relationsOf(client);
  const locks = await locksOf(client, pid);
  const { rows } = await client.query<{ oid: number; scans: number }>(SCANS);
  const { rows: temporary } = await client.query<{ name: string }>(TEMPORARY);
  return {
    relations,
    locks,
    scans: new Map(rows.map(({ oid, scans }) => [oid, scans])),
    temporary: new Set(temporary.map(({ name }) => name)),
  };
}
