import type { Area } from '../entry.ts';

const ON_PARTS = 'create index payments_amount_idx on payments (amount)';

/** CREATE, ALTER and DROP INDEX, REINDEX. */
export const indexes: Area = {
  id: 'indexes',
  title: 'Indexes',
  text: 'CONCURRENTLY lets reads and writes continue and cannot run in a transaction block; it waits for other transactions instead. The table lock of REINDEX does not block reads, but every query also locks the index.',
  entries: [
    { id: 'create-index', sql: 'create index on orders (placed)' },
    { id: 'create-unique-index', sql: 'create unique index on products (name, id)' },
    { id: 'create-index-gin', sql: `create index on orders using gin (to_tsvector('simple', note))` },
    { id: 'create-index-expression', sql: 'create index on orders (lower(note))' },
    { id: 'create-index-partial', sql: `create index on orders (placed) where status = 'new'` },
    {
      id: 'create-index-if-not-exists',
      where: 'the index is there',
      sql: 'create index if not exists products_sku_idx on products (sku)',
    },
    { id: 'create-index-include', sql: 'create index on orders (placed) include (total)' },
    { id: 'create-index-materialized-view', sql: 'create index on sales (orders)' },
    {
      id: 'create-index-concurrently',
      sql: 'create index concurrently orders_placed_idx on orders (placed)',
      alone: true,
    },
    {
      id: 'create-unique-index-concurrently',
      sql: 'create unique index concurrently products_name_id_idx on products (name, id)',
      alone: true,
    },
    { id: 'create-index-partitioned', sql: 'create index on payments (amount)' },
    {
      id: 'create-index-partitioned-adopts',
      where: 'the partitions have such an index',
      setup: 'create index on payments_2024 (amount); create index on payments_2025 (amount)',
      sql: 'create index on payments (amount)',
    },
    { id: 'create-index-partitioned-only', sql: 'create index on only payments (amount)' },
    { id: 'create-index-partition', sql: 'create index on payments_2024 (amount)' },
    { id: 'create-index-partitioned-concurrently', sql: 'create index concurrently on payments (amount)', alone: true },
    {
      id: 'create-index-partition-concurrently',
      sql: 'create index concurrently payments_2024_amount on payments_2024 (amount)',
      alone: true,
    },
    {
      id: 'attach-index',
      where: 'the index is ON ONLY the parent, and the partition has such an index',
      setup:
        'create index payments_amount_idx on only payments (amount); create index payments_2024_amount on payments_2024 (amount)',
      sql: 'alter index payments_amount_idx attach partition payments_2024_amount',
    },
    { id: 'drop-index', sql: 'drop index products_sku_idx' },
    {
      id: 'drop-index-of-constraint',
      where: 'a constraint has the index',
      sql: 'drop index products_pkey',
    },
    { id: 'drop-index-if-exists', where: 'there is none', sql: 'drop index if exists products_colour_idx' },
    { id: 'drop-index-concurrently', sql: 'drop index concurrently products_sku_idx', alone: true },
    {
      id: 'drop-index-partitioned',
      where: 'payments is partitioned',
      setup: ON_PARTS,
      sql: 'drop index payments_amount_idx',
    },
    {
      id: 'drop-index-partitioned-concurrently',
      where: 'payments is partitioned',
      setup: ON_PARTS,
      sql: 'drop index concurrently payments_amount_idx',
      alone: true,
    },
    { id: 'rename-index', sql: 'alter index products_sku_idx rename to products_by_sku' },
    { id: 'rename-index-as-table', sql: 'alter table products_sku_idx rename to products_by_sku' },
    { id: 'set-index-option', sql: 'alter index products_sku_idx set (fillfactor = 70)' },
    { id: 'reset-index-option', sql: 'alter index products_sku_idx reset (fillfactor)' },
    {
      id: 'set-index-option-gin',
      where: 'it is a GIN index',
      setup: `create index orders_words_idx on orders using gin (to_tsvector('simple', note))`,
      sql: 'alter index orders_words_idx set (fastupdate = off)',
    },
    {
      id: 'set-index-statistics',
      where: 'it is on an expression',
      setup: 'create index orders_note_idx on orders (lower(note))',
      sql: 'alter index orders_note_idx alter column 1 set statistics 500',
    },
    { id: 'set-index-tablespace', sql: 'alter index products_sku_idx set tablespace second_disk' },
    { id: 'reindex-index', sql: 'reindex index products_sku_idx' },
    { id: 'reindex-table', sql: 'reindex table products' },
    { id: 'reindex-index-concurrently', sql: 'reindex index concurrently products_sku_idx', alone: true },
    { id: 'reindex-table-concurrently', sql: 'reindex table concurrently products', alone: true },
    { id: 'reindex-table-partitioned', sql: 'reindex table payments', alone: true },
    {
      id: 'reindex-index-partitioned',
      where: 'payments is partitioned',
      setup: ON_PARTS,
      sql: 'reindex index payments_amount_idx',
      alone: true,
    },
    { id: 'reindex-table-partitioned-concurrently', sql: 'reindex table concurrently payments', alone: true },
    {
      id: 'reindex-schema',
      where: 'it holds one table',
      setup: 'create schema archive; create table archive.orders (id int primary key)',
      sql: 'reindex schema archive',
      alone: true,
    },
  ],
};
