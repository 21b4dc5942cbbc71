import type { Area } from '../entry.ts';

const BOUND = `for values from ('2026-01-01') to ('2027-01-01')`;
const ATTACH = `alter table payments attach partition payments_2026 ${BOUND}`;
const CHECK = `alter table payments_2026 add check (paid_on >= '2026-01-01' and paid_on < '2027-01-01')`;
const KEY = 'alter table payments_2026 add primary key (id, paid_on)';
const REST = `create table payments_rest partition of payments default; insert into payments select g, '2030-01-01', 1, g from generate_series(1, 1000) g; analyze payments_rest`;

/** PARTITION OF, ATTACH, DETACH. */
export const partitions: Area = {
  id: 'partitions',
  title: 'Partitions',
  text: 'ATTACH PARTITION reads the rows of the partition to verify the bound, unless a check implies it, and builds missing indexes. Other statements on a partitioned table are in the other sections, under payments. payments_rest is its default partition.',
  entries: [
    {
      id: 'create-partition',
      sql: `create table payments_2027 partition of payments for values from ('2027-01-01') to ('2028-01-01')`,
    },
    {
      id: 'create-partition-default-partition',
      where: 'there is a default partition',
      setup: REST,
      sql: `create table payments_2027 partition of payments for values from ('2027-01-01') to ('2028-01-01')`,
    },
    { id: 'create-default-partition', sql: 'create table payments_rest partition of payments default' },
    {
      id: 'create-partition-foreign-key',
      where: 'the parent has a foreign key',
      setup: 'alter table payments add foreign key (customer_id) references customers (id)',
      sql: `create table payments_2027 partition of payments for values from ('2027-01-01') to ('2028-01-01')`,
    },
    { id: 'attach-partition', sql: ATTACH },
    { id: 'attach-partition-checked', where: 'a check implies the bound', setup: CHECK, sql: ATTACH },
    {
      id: 'attach-partition-keyed',
      where: 'the key of the parent is there',
      setup: KEY,
      sql: ATTACH,
    },
    {
      id: 'attach-partition-prepared',
      where: 'a check implies the bound, and the partition has the parent’s key',
      setup: `${CHECK}; ${KEY}`,
      sql: ATTACH,
    },
    {
      id: 'attach-partition-default-partition',
      where: 'the partition has all that the parent requires, and a default partition exists',
      setup: `${CHECK}; ${KEY}; ${REST}`,
      sql: ATTACH,
    },
    {
      id: 'attach-partition-default-partition-checked',
      where:
        'the partition has all that the parent requires, and a check excludes the bound from the default partition',
      setup: `${CHECK}; ${KEY}; ${REST}; alter table payments_rest add check (paid_on >= '2027-01-01')`,
      sql: ATTACH,
    },
    {
      id: 'attach-partition-foreign-key',
      where: 'the partition has all that the parent requires, and the parent has a foreign key',
      setup: `${CHECK}; ${KEY}; alter table payments add foreign key (customer_id) references customers (id)`,
      sql: ATTACH,
    },
    {
      id: 'attach-default-partition',
      where: 'the key of the parent is there',
      setup: KEY,
      sql: 'alter table payments attach partition payments_2026 default',
    },
    { id: 'detach-partition', sql: 'alter table payments detach partition payments_2024' },
    {
      id: 'detach-partition-default-partition',
      where: 'there is a default partition',
      setup: REST,
      sql: 'alter table payments detach partition payments_2024',
    },
    {
      id: 'detach-partition-foreign-key',
      where: 'the parent has a foreign key',
      setup: 'alter table payments add foreign key (customer_id) references customers (id)',
      sql: 'alter table payments detach partition payments_2024',
    },
    {
      id: 'detach-partition-concurrently',
      sql: 'alter table payments detach partition payments_2024 concurrently',
      alone: true,
    },
    {
      id: 'detach-partition-concurrently-default-partition',
      where: 'there is a default partition',
      setup: REST,
      sql: 'alter table payments detach partition payments_2024 concurrently',
      alone: true,
    },
    {
      id: 'detach-partition-finalize',
      where: 'a DETACH CONCURRENTLY was interrupted',
      setup: `update pg_catalog.pg_inherits set inhdetachpending = true where inhrelid = 'payments_2024'::regclass`,
      sql: 'alter table payments detach partition payments_2024 finalize',
    },
    { id: 'drop-partition', sql: 'drop table payments_2024' },
    {
      id: 'drop-partition-default-partition',
      where: 'there is a default partition',
      setup: REST,
      sql: 'drop table payments_2024',
    },
    { id: 'truncate-partition', sql: 'truncate payments_2024' },
    { id: 'rename-partition', sql: 'alter table payments_2024 rename to payments_old' },
    { id: 'drop-partitioned-table', sql: 'drop table payments' },
    { id: 'truncate-partitioned-table', sql: 'truncate payments' },
    { id: 'rename-partitioned-table', sql: 'alter table payments rename to receipts' },
  ],
};
