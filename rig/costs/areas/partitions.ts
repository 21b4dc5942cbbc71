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
  text: 'The rows of a partition are read to prove the bound, beside what an index takes, unless a check implies it. What else is done to a partitioned table stands with the statement: look for payments in the other sections. payments_rest is its default partition where it has one.',
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
      where: 'a check implies the bound, and the key of the parent is there',
      setup: `${CHECK}; ${KEY}`,
      sql: ATTACH,
    },
    {
      id: 'attach-partition-default-partition',
      where: 'all is prepared, and there is a default partition',
      setup: `${CHECK}; ${KEY}; ${REST}`,
      sql: ATTACH,
    },
    {
      id: 'attach-partition-default-partition-checked',
      where: 'all is prepared, and a check keeps the bound out of the default partition',
      setup: `${CHECK}; ${KEY}; ${REST}; alter table payments_rest add check (paid_on >= '2027-01-01')`,
      sql: ATTACH,
    },
    {
      id: 'attach-partition-foreign-key',
      where: 'all is prepared, and the parent has a foreign key',
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
