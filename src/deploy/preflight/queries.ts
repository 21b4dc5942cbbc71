/**
 * What the preflight asks of a server, 13 to 18. All of it is read in the transaction of the history: functions that lock a
 * table of the application are asked only of tables on which nobody holds or awaits ACCESS EXCLUSIVE.
 */
const OTHERS = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

/** $1: the role that is to run the migrations, or null for that of the session. */
export const SERVER = `
  select current_setting('server_version_num')::int as version, pg_is_in_recovery() as recovering,
    session_user::text as session, r.rolname::text as role, coalesce(r.rolsuper, false) as super,
    coalesce(has_database_privilege(r.oid, current_database(), 'CREATE'), false) as "createsSchemas",
    current_setting('autovacuum_freeze_max_age')::float8 as "freezeAge",
    current_setting('block_size')::int as "blockSize",
    extract(epoch from clock_timestamp() - coalesce(
      (select stats_reset from pg_stat_database where datname = current_database()),
      pg_postmaster_start_time()))::float8 as "statsSeconds",
    exists (select from pg_db_role_setting s where s.setrole in (0, r.oid)
      and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
      and s.setconfig::text ~* 'default_transaction_read_only=(on|true|yes|1)') as "readOnly"
  from (select 1) one left join pg_roles r on r.rolname = coalesce($1, session_user)`;

/** Size without a lock is a number of pages as VACUUM and ANALYZE have counted them. */
export const TABLES = `
  select n.nspname::text as schema, c.relname::text as name, c.reltuples::float8 as rows,
    case when c.relkind = 'p' then 0
      when exists (select from pg_locks l where l.locktype = 'relation' and l.relation = c.oid
          and l.database = (select oid from pg_database where datname = current_database())
          and l.mode = 'AccessExclusiveLock' and l.pid is distinct from pg_backend_pid())
      then c.relpages::float8 * current_setting('block_size')::float8
      else pg_total_relation_size(c.oid)::float8 end as bytes,
    pg_get_userbyid(c.relowner)::text as owner,
    coalesce(pg_has_role((select oid from pg_roles where rolname = coalesce($1, session_user)), c.relowner, 'USAGE'), false)
      as owned,
    coalesce(has_table_privilege((select oid from pg_roles where rolname = coalesce($1, session_user)), c.oid, 'INSERT'), false)
      as inserts,
    case when c.relfrozenxid = '0' then 0 else age(c.relfrozenxid)::float8 end as age,
    (select split_part(o, '=', 2)::float8 from unnest(c.reloptions) o where o like 'autovacuum_freeze_max_age=%')
      as "freezeAge",
    coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0)::float8 as writes,
    (coalesce(s.seq_scan, 0) + coalesce(s.idx_scan, 0))::float8 as reads
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  left join pg_stat_user_tables s on s.relid = c.oid
  where c.relkind in ('r', 'p', 'm') and ${OTHERS}`;

/** Locks of other sessions on relations of this database; an index counts as its table. */
export const LOCKS = `
  select tn.nspname::text as schema, t.relname::text as name, l.mode, l.granted, l.pid,
    extract(epoch from clock_timestamp() - coalesce(a.xact_start, p.prepared))::float8 as seconds,
    a.state, a.usename::text as "user", p.gid, a.backend_type as backend,
    a.pid is not null and a.query = '<insufficient privilege>' as hidden,
    coalesce(a.backend_type = 'autovacuum worker' and a.query ~ 'to prevent wraparound', false) as wraparound
  from pg_locks l
  join pg_class c on c.oid = l.relation
  left join pg_index i on i.indexrelid = c.oid
  join pg_class t on t.oid = coalesce(i.indrelid, c.oid)
  join pg_namespace tn on tn.oid = t.relnamespace and tn.nspname !~ '^pg_(?!toast)' and tn.nspname <> 'information_schema'
  left join pg_stat_activity a on a.pid = l.pid
  left join pg_locks x on l.pid is null and x.pid is null and x.locktype = 'transactionid'
    and x.virtualtransaction = l.virtualtransaction
  left join pg_prepared_xacts p on p.transaction = x.transactionid
  where l.locktype = 'relation' and l.database = (select oid from pg_database where datname = current_database())
    and l.pid is distinct from pg_backend_pid()`;

/** Sessions whose snapshot CREATE INDEX CONCURRENTLY waits for (WaitForOlderSnapshots, indexcmds.c). */
export const SNAPSHOTS = `
  select a.pid, extract(epoch from clock_timestamp() - a.xact_start)::float8 as seconds, a.state, a.usename::text as "user",
    a.query = '<insufficient privilege>' as hidden
  from pg_stat_activity a
  where a.datname = current_database() and a.pid <> pg_backend_pid() and a.backend_xmin is not null`;

export const PREPARED = `
  select p.gid, extract(epoch from clock_timestamp() - p.prepared)::float8 as seconds, p.owner::text as "user"
  from pg_prepared_xacts p where p.database = current_database()`;

export const ADVISORY = `
  select l.classid::int8::float8 as high, l.objid::int8::float8 as low, l.objsubid as parts, l.pid, l.granted
  from pg_locks l where l.locktype = 'advisory' and l.granted and l.pid <> pg_backend_pid()
    and l.database = (select oid from pg_database where datname = current_database())`;

/** A standby has no position of its own to compare with. */
const BEHIND = (position: string): string =>
  `case when not pg_is_in_recovery() then pg_wal_lsn_diff(pg_current_wal_lsn(), ${position})::float8 end`;

export const REPLICAS = `
  select coalesce(r.application_name, '') as name, r.state, r.sync_state as sync, r.state is null as hidden,
    extract(epoch from r.replay_lag)::float8 as seconds, ${BEHIND('r.replay_lsn')} as bytes
  from pg_stat_replication r where r.state is distinct from 'backup'`;

export const SLOTS = `
  select s.slot_name::text as name, s.slot_type as type, s.active, s.wal_status as status, s.temporary,
    ${BEHIND('coalesce(s.confirmed_flush_lsn, s.restart_lsn)')} as bytes
  from pg_replication_slots s`;

export const EXTENSIONS = `
  select v.name::text as name, v.superuser, v.trusted, e.installed_version as installed
  from pg_available_extensions e
  join pg_available_extension_versions v on v.name = e.name and v.version = e.default_version`;

/** Schemas in which the role may create objects. */
export const SCHEMAS = `
  select n.nspname::text as name, coalesce(has_schema_privilege(
    (select oid from pg_roles where rolname = coalesce($1, session_user)), n.oid, 'CREATE'), false) as creates
  from pg_namespace n where ${OTHERS}`;
