import type { Area } from '../entry.ts';

const routine = (name: string, of: string): string => `create function ${name} returns ${of}`;

/** ADD COLUMN. */
export const addingColumns: Area = {
  id: 'adding-columns',
  title: 'Adding columns',
  text: 'A default that is not volatile is stored once in the catalog. A volatile default, a serial, an identity and a stored generated column need a value in every row, which rewrites the table.',
  entries: [
    { id: 'add-column', sql: 'alter table orders add column channel text' },
    { id: 'add-column-if-not-exists', sql: 'alter table orders add column if not exists note text' },
    { id: 'add-column-default', sql: 'alter table orders add column points int default 1' },
    { id: 'add-column-not-null-default', sql: 'alter table orders add column points int not null default 1' },
    {
      id: 'add-column-not-null-empty-table',
      where: 'the table is empty',
      setup: 'create table drafts (id int)',
      sql: 'alter table drafts add column points int not null',
    },
    { id: 'add-column-not-null', sql: 'alter table orders add column points int not null' },
    { id: 'add-column-default-now', sql: 'alter table orders add column seen timestamptz not null default now()' },
    { id: 'add-column-default-current-date', sql: 'alter table orders add column seen date default current_date' },
    { id: 'add-column-default-json', sql: `alter table orders add column extra jsonb not null default '{}'` },
    { id: 'add-column-default-array', sql: `alter table orders add column tags text[] not null default '{}'` },
    { id: 'add-column-default-enum', sql: `alter table orders add column before order_status default 'new'` },
    {
      id: 'add-column-default-stable-function',
      where: 'the function is stable',
      setup: `${routine('lot()', 'int')} stable language plpgsql as 'begin return 1; end'`,
      sql: 'alter table orders add column lot int default lot()',
    },
    {
      id: 'add-column-default-sql-function',
      where: 'the function is one SQL expression, which Postgres puts in its place',
      setup: `${routine('lot()', 'int')} language sql as 'select 1'`,
      sql: 'alter table orders add column lot int default lot()',
    },
    {
      id: 'add-column-default-volatile-function',
      where: 'the function is volatile, as it is unless declared otherwise',
      setup: `${routine('lot()', 'int')} language plpgsql as 'begin return 1; end'`,
      sql: 'alter table orders add column lot int default lot()',
    },
    {
      id: 'add-column-default-clock',
      sql: 'alter table orders add column seen timestamptz default clock_timestamp()',
    },
    { id: 'add-column-default-uuid', sql: 'alter table orders add column token uuid default gen_random_uuid()' },
    { id: 'add-column-default-uuidv7', sql: 'alter table orders add column token uuid default uuidv7()' },
    { id: 'add-column-default-random', sql: 'alter table orders add column lot float8 default random()' },
    {
      id: 'add-column-default-nextval',
      sql: `alter table orders add column ticket bigint default nextval('ticket_numbers')`,
    },
    { id: 'add-column-serial', sql: 'alter table orders add column number bigserial' },
    {
      id: 'add-column-identity',
      sql: 'alter table products add column number bigint generated always as identity',
    },
    {
      id: 'add-column-stored',
      sql: 'alter table orders add column taxed numeric generated always as (total * 1.2) stored',
    },
    {
      id: 'add-column-generated',
      where: 'neither STORED nor VIRTUAL is given',
      sql: 'alter table orders add column taxed numeric generated always as (total * 1.2)',
    },
    {
      id: 'add-column-virtual',
      sql: 'alter table orders add column taxed numeric generated always as (total * 1.2) virtual',
    },
    {
      id: 'add-column-domain',
      where: 'the domain has no constraint',
      sql: 'alter table orders add column phone phone_number',
    },
    {
      id: 'add-column-constrained-domain',
      where: 'the domain has a check',
      sql: 'alter table orders add column discount percentage',
    },
    {
      id: 'add-column-constrained-domain-default',
      where: 'the domain has a check',
      sql: 'alter table orders add column discount percentage default 0',
    },
    { id: 'add-column-collate', sql: 'alter table orders add column channel text collate "C"' },
    { id: 'add-column-storage', sql: 'alter table orders add column scan bytea storage external' },
    { id: 'add-column-compression', sql: 'alter table orders add column scan bytea compression pglz' },
    { id: 'add-column-check', sql: 'alter table orders add column points int check (points > 0)' },
    { id: 'add-column-default-check', sql: 'alter table orders add column points int default 1 check (points > 0)' },
    { id: 'add-column-unique', sql: 'alter table orders add column voucher int unique' },
    {
      id: 'add-column-serial-primary-key',
      where: 'the table has no primary key',
      sql: 'alter table documents add column number bigserial primary key',
    },
    {
      id: 'add-column-references',
      sql: 'alter table orders add column payer_id bigint references customers (id)',
    },
    {
      id: 'add-column-references-default',
      sql: 'alter table orders add column payer_id bigint default 1 references customers (id)',
    },
    { id: 'add-column-references-self', sql: 'alter table orders add column parent_id bigint references orders (id)' },
    {
      id: 'add-column-and-foreign-key',
      sql: 'alter table orders add column payer_id bigint, add foreign key (payer_id) references customers (id)',
    },
    {
      id: 'add-columns',
      sql: `alter table orders add column channel text, add column points int default 1, add column lot float8 default random()`,
    },
    { id: 'add-column-partitioned', sql: 'alter table payments add column note text' },
    {
      id: 'add-column-partitioned-default-partition',
      where: 'there is a default partition',
      setup: 'create table payments_rest partition of payments default',
      sql: 'alter table payments add column note text',
    },
    { id: 'add-column-partitioned-volatile', sql: 'alter table payments add column lot float8 default random()' },
    { id: 'add-column-partitioned-only', sql: 'alter table only payments add column note text' },
    { id: 'add-column-partition', sql: 'alter table payments_2024 add column note text' },
    { id: 'add-column-inherited', sql: 'alter table documents add column note text' },
  ],
};
