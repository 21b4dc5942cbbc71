/**
 * Functions that do something besides yielding a value, by what that harms (manual of 18, section beside each group):
 *
 * - `data`: what is stored is lost or overwritten, past all triggers and constraints
 * - `sessions`: other sessions, or what they run, are ended
 * - `waits`: the session waits, or makes others wait, for as long as it pleases
 * - `server`: the whole server goes on otherwise
 * - `outside`: something outside of this database is changed or run, which is not followed
 */
type Harm = 'data' | 'sessions' | 'waits' | 'server' | 'outside';

export interface ServerFunction {
  readonly harm: Harm;
  readonly does: string;
}

const functions = (harm: Harm, does: string, names: string): [string, ServerFunction][] =>
  names.split(' ').map(name => [name, { harm, does }]);

export const SERVER_FUNCTIONS: ReadonlyMap<string, ServerFunction> = new Map([
  // 9.28.2 Server Signaling Functions
  ...functions('sessions', 'terminates other sessions and rolls back their work', 'pg_terminate_backend'),
  ...functions('sessions', 'cancels queries of other sessions', 'pg_cancel_backend'),
  ...functions('server', 'makes every server process reload its configuration', 'pg_reload_conf'),
  ...functions(
    'server',
    'switches the server log to a new file',
    'pg_rotate_logfile pg_rotate_logfile_old pg_logfile_rotate',
  ),
  // 9.28.3 Backup Control Functions, 9.28.4 Recovery Control Functions
  ...functions(
    'server',
    'affects the WAL or a backup of the server',
    'pg_switch_wal pg_create_restore_point pg_backup_start pg_backup_stop pg_start_backup pg_stop_backup pg_wal_replay_pause pg_wal_replay_resume',
  ),
  ...functions('server', 'promotes a replica to a primary', 'pg_promote'),
  // 9.28.6 Replication Management Functions
  ...functions(
    'data',
    'drops or advances what a replica reads from: the replica loses changes that it has not read',
    'pg_drop_replication_slot pg_replication_slot_advance pg_logical_slot_get_changes pg_logical_slot_get_binary_changes pg_replication_origin_drop pg_replication_origin_advance pg_replication_origin_xact_reset pg_sync_replication_slots',
  ),
  ...functions(
    'server',
    'creates a slot, which retains WAL until it is read',
    'pg_create_physical_replication_slot pg_create_logical_replication_slot pg_copy_physical_replication_slot pg_copy_logical_replication_slot pg_replication_origin_create',
  ),
  ...functions('server', 'sends a message to logical replicas', 'pg_logical_emit_message'),
  // 9.28.7 Database Object Management Functions, 9.28.8 Index Maintenance Functions
  ...functions('server', 'adds collations', 'pg_import_system_collations'),
  // 27.2.26 Statistics Functions, 9.28.7 (statistics, 18)
  ...functions(
    'server',
    'deletes or overwrites statistics used to plan queries and to vacuum tables',
    'pg_stat_reset pg_stat_reset_shared pg_stat_reset_single_table_counters pg_stat_reset_slru pg_stat_statements_reset pg_clear_relation_stats pg_clear_attribute_stats pg_restore_relation_stats pg_restore_attribute_stats',
  ),
  // 9.28.9 Generic File Access Functions, F.1 adminpack (up to 16)
  ...functions(
    'outside',
    'reads or lists files on the server',
    'pg_read_file pg_read_binary_file pg_ls_dir pg_stat_file pg_ls_logdir pg_ls_waldir pg_ls_tmpdir lo_import',
  ),
  ...functions(
    'outside',
    'writes or removes files on the server',
    'pg_file_write pg_file_sync pg_file_rename pg_file_unlink lo_export',
  ),
  // 9.28.10 Advisory Lock Functions
  ...functions(
    'waits',
    'waits until no other session holds the lock, and then holds it',
    'pg_advisory_lock pg_advisory_lock_shared pg_advisory_xact_lock pg_advisory_xact_lock_shared',
  ),
  // 9.9.5 Delaying Execution
  ...functions('waits', 'waits while it holds all locks of the transaction', 'pg_sleep pg_sleep_for pg_sleep_until'),
  // 33.4 Server-Side Functions (large objects)
  ...functions('data', 'removes or overwrites a large object', 'lo_unlink lo_put lowrite lo_truncate lo_truncate64'),
  // F.11 dblink, F.38 postgres_fdw
  ...functions(
    'outside',
    'runs commands over another connection, which are not analyzed',
    'dblink dblink_exec dblink_connect dblink_connect_u dblink_open dblink_fetch dblink_send_query dblink_get_result postgres_fdw_disconnect postgres_fdw_disconnect_all',
  ),
  // Extensions that reach outside
  ...functions(
    'outside',
    'sends a request to another machine',
    'http http_get http_post http_put http_patch http_delete net.http_post net.http_get net.http_delete aws_lambda.invoke aws_s3.query_export_to_s3 aws_s3.table_import_from_s3',
  ),
  // pageinspect, pg_surgery, amcheck and the like
  ...functions(
    'data',
    'modifies pages of a table without any checks',
    'heap_force_kill heap_force_freeze pg_truncate_visibility_map brin_desummarize_range',
  ),
]);

/** pg_cron: the place of the command among the arguments, by their number. */
export const SCHEDULES: ReadonlyMap<string, number> = new Map([
  ['schedule', -1],
  ['schedule_in_database', 2],
  ['alter_job', 2],
]);
