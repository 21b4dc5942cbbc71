import type { Area } from '../entry.ts';

const CHECK = 'alter table orders add constraint total_positive check (total > 0)';
const UNIQUE = 'create unique index one_sku on products (sku)';

/** CHECK, UNIQUE, PRIMARY KEY, EXCLUDE. */
export const constraints: Area = {
  id: 'constraints',
  title: 'Checks and keys',
  text: 'NOT VALID defers the check of existing rows to VALIDATE CONSTRAINT, which reads the table while reads and writes continue. A primary key or unique constraint builds its index under ACCESS EXCLUSIVE, unless it uses an existing index.',
  entries: [
    { id: 'add-check', sql: CHECK },
    { id: 'add-check-not-valid', sql: `${CHECK} not valid` },
    { id: 'add-check-not-enforced', sql: `${CHECK} not enforced` },
    {
      id: 'validate-check',
      where: 'the check is NOT VALID',
      setup: `${CHECK} not valid`,
      sql: 'alter table orders validate constraint total_positive',
    },
    {
      id: 'validate-check-valid',
      where: 'the check is valid already',
      setup: CHECK,
      sql: 'alter table orders validate constraint total_positive',
    },
    {
      id: 'add-check-and-validate',
      sql: `${CHECK} not valid, validate constraint total_positive`,
    },
    {
      id: 'add-checks',
      sql: `${CHECK}, add constraint noted check (note <> ''), alter total set not null`,
    },
    { id: 'add-check-partitioned', sql: 'alter table payments add constraint positive check (amount > 0)' },
    { id: 'add-check-partition', sql: 'alter table payments_2024 add constraint positive check (amount > 0)' },
    {
      id: 'validate-check-partitioned',
      where: 'the check is NOT VALID',
      setup: 'alter table payments add constraint positive check (amount > 0) not valid',
      sql: 'alter table payments validate constraint positive',
    },
    { id: 'add-check-inherited', sql: `alter table documents add constraint titled check (title <> '')` },
    { id: 'add-check-no-inherit', sql: `alter table documents add constraint titled check (title <> '') no inherit` },
    {
      id: 'drop-check',
      where: 'it is a check',
      setup: CHECK,
      sql: 'alter table orders drop constraint total_positive',
    },
    { id: 'drop-constraint-if-exists', sql: 'alter table orders drop constraint if exists total_negative' },
    {
      id: 'drop-check-partitioned',
      where: 'it is a check',
      setup: 'alter table payments add constraint positive check (amount > 0)',
      sql: 'alter table payments drop constraint positive',
    },
    {
      id: 'rename-check',
      where: 'it is a check',
      setup: CHECK,
      sql: 'alter table orders rename constraint total_positive to positive',
    },
    {
      id: 'alter-check-not-enforced',
      where: 'it is a check',
      setup: CHECK,
      sql: 'alter table orders alter constraint total_positive not enforced',
    },
    { id: 'add-unique', sql: 'alter table products add constraint one_sku unique (sku)' },
    {
      id: 'add-unique-nulls-not-distinct',
      sql: 'alter table products add constraint one_sku unique nulls not distinct (sku)',
    },
    { id: 'add-unique-deferrable', sql: 'alter table products add constraint one_sku unique (sku) deferrable' },
    {
      id: 'add-unique-using-index',
      where: 'the unique index is there',
      setup: UNIQUE,
      sql: 'alter table products add constraint one_sku unique using index one_sku',
    },
    { id: 'add-unique-partitioned', sql: 'alter table payments add constraint once unique (customer_id, paid_on)' },
    {
      id: 'drop-unique',
      where: 'it is unique',
      setup: 'alter table products add constraint one_sku unique (sku)',
      sql: 'alter table products drop constraint one_sku',
    },
    {
      id: 'add-primary-key-nullable',
      where: 'the column takes nulls',
      sql: 'alter table reviews add primary key (id)',
    },
    { id: 'add-primary-key', where: 'the column is NOT NULL', sql: 'alter table documents add primary key (id)' },
    {
      id: 'add-primary-key-inherited',
      where: 'the column takes nulls, and a table inherits from it',
      setup: 'create table notes (id int); create table memos () inherits (notes)',
      sql: 'alter table notes add primary key (id)',
    },
    {
      id: 'add-primary-key-using-index',
      where: 'the unique index is there, and the column is NOT NULL',
      setup: 'create unique index documents_id on documents (id)',
      sql: 'alter table documents add constraint documents_pk primary key using index documents_id',
    },
    {
      id: 'add-primary-key-using-index-nullable',
      where: 'the unique index is there, and the column takes nulls',
      setup: 'create unique index reviews_id on reviews (id)',
      sql: 'alter table reviews add constraint reviews_pk primary key using index reviews_id',
    },
    {
      id: 'add-primary-key-using-index-checked',
      where: 'the unique index is there, and a valid check proves that no value is null',
      setup: 'create unique index reviews_id on reviews (id); alter table reviews add check (id is not null)',
      sql: 'alter table reviews add constraint reviews_pk primary key using index reviews_id',
    },
    {
      id: 'add-primary-key-partitioned',
      setup:
        "create table visits (id int not null, day date not null) partition by range (day); create table visits_2025 partition of visits for values from ('2025-01-01') to ('2026-01-01')",
      where: 'visits is partitioned by day',
      sql: 'alter table visits add primary key (id, day)',
    },
    { id: 'drop-primary-key', sql: 'alter table products drop constraint products_pkey' },
    {
      id: 'drop-primary-key-referenced',
      where: 'a foreign key of order_lines refers to it',
      sql: 'alter table orders drop constraint orders_pkey cascade',
    },
    {
      id: 'replace-primary-key',
      where: 'the new index is there',
      setup: 'create unique index products_id_new on products (id)',
      sql: 'alter table products drop constraint products_pkey, add constraint products_pkey primary key using index products_id_new',
    },
    { id: 'rename-primary-key', sql: 'alter table products rename constraint products_pkey to products_key' },
    { id: 'add-exclude', sql: 'alter table reviews add constraint one_body exclude using btree (id with =)' },
  ],
};
