import type { LockMode } from '../../model/lock.ts';

/** What migrations call of extensions outside of contrib, as their manuals list it: `extension name name …`. */
export const OTHER_EXTENSIONS = `
timescaledb create_hypertable add_dimension by_range by_hash set_chunk_time_interval set_integer_now_func add_compression_policy remove_compression_policy add_columnstore_policy remove_columnstore_policy add_retention_policy remove_retention_policy add_reorder_policy remove_reorder_policy add_continuous_aggregate_policy remove_continuous_aggregate_policy refresh_continuous_aggregate compress_chunk decompress_chunk convert_to_columnstore convert_to_rowstore drop_chunks show_chunks add_job alter_job delete_job run_job time_bucket time_bucket_gapfill locf interpolate approximate_row_count hypertable_size hypertable_detailed_size first last histogram move_chunk reorder_chunk attach_tablespace detach_tablespace timescaledb_pre_restore timescaledb_post_restore
citus create_distributed_table create_distributed_table_concurrently create_reference_table citus_add_local_table_to_metadata undistribute_table alter_distributed_table truncate_local_data_after_distributing_table create_distributed_function run_command_on_workers run_command_on_shards run_command_on_placements citus_add_node citus_set_coordinator_host rebalance_table_shards citus_rebalance_start update_distributed_table_colocation alter_table_set_access_method create_time_partitions drop_old_time_partitions citus_schema_distribute citus_schema_undistribute
postgis addgeometrycolumn dropgeometrycolumn dropgeometrytable updategeometrysrid populate_geometry_columns find_srid topology.createtopology
pg_partman create_parent create_sub_parent create_partition undo_partition run_maintenance run_maintenance_proc partition_data_time partition_data_id partition_data_proc undo_partition_proc drop_partition_time drop_partition_id partition_gap_fill show_partitions
pg_cron schedule schedule_in_database unschedule alter_job
pgmq create_queue pgmq_create send send_batch read pop archive
pg_uuidv7 uuid_generate_v7 uuid_v7_to_timestamptz
pgjwt sign verify url_encode url_decode
pgtap plan finish ok has_table has_column
vector l2_distance inner_product cosine_distance l1_distance vector_dims vector_norm l2_normalize binary_quantize subvector
pg_net http_get http_post http_delete
hypopg hypopg_create_index hypopg_reset
`;

/** Schemas that Supabase, Hasura and Neon make and keep (their manuals), and those of extensions that make their own. */
export const PLATFORM_SCHEMAS: ReadonlySet<string> = new Set(
  (
    'auth storage realtime extensions vault graphql graphql_public pgsodium pgbouncer supabase_functions supabase_migrations ' +
    'net cron pgmq partman hdb_catalog neon_auth tiger topology tiger_data timescaledb_information timescaledb_experimental'
  ).split(' '),
);

/** What a function of an extension does to the table that its first arguments name. */
export interface ExtensionCall {
  readonly extension: string;
  /** "moves the rows of the table into chunks". */
  readonly does: string;
  readonly mode: LockMode;
  readonly rewrites: boolean;
  /** It may delete rows, at once or from then on. */
  readonly loses: boolean;
  /** It fails where there are rows. */
  readonly empty: boolean;
  /** Rows are moved only if this argument is true. */
  readonly migrates?: string;
}

const call = (extension: string, does: string, mode: LockMode, more: Partial<ExtensionCall> = {}): ExtensionCall => ({
  extension,
  does,
  mode,
  rewrites: false,
  loses: false,
  empty: false,
  ...more,
});
const AE = 'ACCESS EXCLUSIVE';
const SUE = 'SHARE UPDATE EXCLUSIVE';

/**
 * Functions by which extensions migrate tables. TimescaleDB: API reference, create_hypertable ("migrate_data: … may lock the
 * table until migration completes"), add_retention_policy, drop_chunks; Citus: UDF reference, create_distributed_table
 * ("blocks writes"), undistribute_table, alter_distributed_table.
 */
export const EXTENSION_CALLS: ReadonlyMap<string, ExtensionCall> = new Map([
  [
    'create_hypertable',
    call('timescaledb', 'moves all rows into chunks', AE, { rewrites: true, empty: true, migrates: 'migrate_data' }),
  ],
  ['add_retention_policy', call('timescaledb', 'deletes old chunks on a schedule', SUE, { loses: true })],
  ['drop_chunks', call('timescaledb', 'deletes chunks with their rows', SUE, { loses: true })],
  ['create_distributed_table', call('citus', 'moves all rows into shards', 'EXCLUSIVE', { rewrites: true })],
  ['create_reference_table', call('citus', 'copies all rows to every node', 'EXCLUSIVE', { rewrites: true })],
  ['undistribute_table', call('citus', 'moves all rows back into a local table', AE, { rewrites: true })],
  ['alter_distributed_table', call('citus', 'moves all rows into new shards', AE, { rewrites: true })],
  ['alter_table_set_access_method', call('citus', 'writes all rows to a new table', AE, { rewrites: true })],
  ['undo_partition', call('pg_partman', 'moves rows out of partitions', 'ROW EXCLUSIVE')],
  ['create_parent', call('pg_partman', 'creates and attaches partitions', AE)],
]);
