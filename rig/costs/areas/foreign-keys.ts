import type { Area } from '../entry.ts';

const KEY = 'alter table reviews add constraint reviewer foreign key (customer_id) references customers (id)';
const PARTITIONED = 'alter table payments add constraint payer foreign key (customer_id) references customers (id)';
const RECEIPTS = `create table receipts (id bigint, paid_on date); insert into receipts select g, '2024-06-01' from generate_series(1, 1000) g; analyze receipts`;

/** FOREIGN KEY, seen from both tables. */
export const foreignKeys: Area = {
  id: 'foreign-keys',
  title: 'Foreign keys',
  text: 'A foreign key locks both tables, because both get triggers. One query over both tables checks the rows; its plan may use an index of the referenced table. Here it reads both tables in full.',
  entries: [
    { id: 'add-foreign-key', sql: KEY },
    { id: 'add-foreign-key-cascade', sql: `${KEY} on delete cascade` },
    { id: 'add-foreign-key-not-valid', sql: `${KEY} not valid` },
    { id: 'add-foreign-key-not-enforced', sql: `${KEY} not enforced` },
    {
      id: 'validate-foreign-key',
      where: 'the foreign key is NOT VALID',
      setup: `${KEY} not valid`,
      sql: 'alter table reviews validate constraint reviewer',
    },
    {
      id: 'validate-foreign-key-valid',
      where: 'the foreign key is valid already',
      setup: KEY,
      sql: 'alter table reviews validate constraint reviewer',
    },
    {
      id: 'add-foreign-key-self',
      setup: 'alter table products add column parent_id int',
      where: 'the table refers to itself',
      sql: 'alter table products add foreign key (parent_id) references products (id)',
    },
    { id: 'add-foreign-key-partitioned', where: 'the referencing table is partitioned', sql: PARTITIONED },
    {
      id: 'add-foreign-key-partitioned-not-valid',
      where: 'the referencing table is partitioned',
      sql: `${PARTITIONED} not valid`,
    },
    {
      id: 'add-foreign-key-partition',
      where: 'the referencing table is a partition',
      sql: 'alter table payments_2024 add foreign key (customer_id) references customers (id)',
    },
    {
      id: 'add-foreign-key-to-partitioned',
      where: 'the referenced table is partitioned',
      setup: RECEIPTS,
      sql: 'alter table receipts add foreign key (id, paid_on) references payments (id, paid_on)',
    },
    {
      id: 'drop-foreign-key-to-partitioned',
      where: 'the referenced table is partitioned',
      setup: `${RECEIPTS}; alter table receipts add constraint paid foreign key (id, paid_on) references payments (id, paid_on)`,
      sql: 'alter table receipts drop constraint paid',
    },
    {
      id: 'add-foreign-key-indexed',
      where: 'the referencing column is indexed',
      setup: 'create index on reviews (customer_id)',
      sql: KEY,
    },
    {
      id: 'detach-partition-referenced',
      where: 'a foreign key references the partitioned table, and no row of the partition',
      setup: `${RECEIPTS}; alter table receipts add constraint paid foreign key (id, paid_on) references payments (id, paid_on)`,
      sql: 'alter table payments detach partition payments_2025',
    },
    { id: 'drop-foreign-key', sql: 'alter table orders drop constraint orders_customer_id_fkey' },
    {
      id: 'drop-foreign-key-partitioned',
      where: 'the referencing table is partitioned',
      setup: PARTITIONED,
      sql: 'alter table payments drop constraint payer',
    },
    {
      id: 'replace-foreign-key',
      sql: 'alter table orders drop constraint orders_customer_id_fkey, add constraint orders_customer_id_fkey foreign key (customer_id) references customers (id) on delete cascade not valid',
    },
    { id: 'rename-foreign-key', sql: 'alter table orders rename constraint orders_customer_id_fkey to buyer' },
    {
      id: 'alter-foreign-key-deferrable',
      sql: 'alter table orders alter constraint orders_customer_id_fkey deferrable',
    },
    {
      id: 'alter-foreign-key-enforced',
      where: 'the foreign key is NOT ENFORCED',
      setup: `${KEY} not enforced`,
      sql: 'alter table reviews alter constraint reviewer enforced',
    },
    {
      id: 'alter-foreign-key-not-enforced',
      sql: 'alter table orders alter constraint orders_customer_id_fkey not enforced',
    },
  ],
};
