/** A shop with data: two thousand customers, an invoice each, checks and a foreign key that are not yet validated. */
export const SHOP = `
create table customers (id bigint primary key, email varchar(50), visits int, memo text, rank int not null default 0);
create table invoices (id bigint primary key, customer_id bigint, total numeric(10, 2));
alter table invoices add constraint total_positive check (total > 0) not valid;
alter table invoices add constraint customer_known foreign key (customer_id) references customers (id) not valid;
alter table customers add constraint visits_known check (visits is not null);
create index customers_memo_idx on customers (memo);
insert into customers select g, 'c' || g, g, 'x', 0 from generate_series(1, 2000) g;
insert into invoices select g, g, 1 from generate_series(1, 2000) g;
analyze customers, invoices;`;

/** Functions of one expression or not, which Postgres puts in a default's place or calls for each row. */
const DEFAULTS: readonly string[] = [
  `returns bigint language sql as $$ select cast(extract(epoch from now() at time zone 'utc') * 1000000 as bigint) ; $$`,
  'returns text language sql as $$ select now()::text $$',
  'returns timestamptz language sql return current_timestamp',
  'returns timestamptz language sql begin atomic select now(); end',
  'returns float8 language sql as $$ select random() $$',
  'returns float8 language sql stable as $$ select random() $$',
  'returns timestamptz language sql strict as $$ select now() $$',
  'returns timestamptz language sql security definer as $$ select now() $$',
  'returns timestamptz language sql set search_path = public as $$ select now() $$',
  'returns timestamptz language sql as $$ select (select now()) $$',
  'returns timestamptz language sql as $$ select now() limit 1 $$',
  'returns timestamptz language sql as $$ select now() from (select 1) one $$',
  'returns timestamptz language sql as $$ select 1; select now() $$',
  'returns int language sql as $$ values (1) $$',
  'returns bigint language sql as $$ select count(*) $$',
  'returns timestamptz language plpgsql as $$ begin return now(); end $$',
];

/** A migration that the records of old do not hold; what servers did with it is in cases.json. */
export interface Case {
  readonly setup: string;
  readonly sql: string;
  /** Refuses a transaction block. */
  readonly alone?: true;
}

/** Migrations of the shop. */
const IN_THE_SHOP: readonly string[] = [
  'alter table customers add column points int',
  'alter table customers add column points int not null default 1',
  'alter table customers add column joined timestamptz default now()',
  'alter table customers add column token uuid default gen_random_uuid()',
  'alter table customers add column lot float8 default random()',
  'alter table customers add column number bigserial',
  'alter table customers add column number int generated always as identity',
  'alter table customers add column next_visit int generated always as (visits + 1) stored',
  'alter table customers add column last_invoice bigint references invoices (id)',
  'alter table customers add column points int check (points > 0)',
  'alter table customers add column badge int unique',
  'alter table customers drop column memo',
  'alter table customers rename column memo to notes',
  'alter table customers rename to clients',
  'alter table customers alter email set not null',
  'alter table customers alter visits set not null',
  'alter table customers alter rank drop not null',
  'alter table customers alter rank set not null',
  'alter table customers alter visits type bigint',
  'alter table customers alter email type varchar(100)',
  'alter table customers alter email type varchar(20)',
  'alter table customers alter email type text',
  'alter table customers alter memo type varchar',
  'alter table customers alter memo type varchar(10)',
  'alter table invoices alter total type numeric(12,2)',
  'alter table invoices alter total type numeric',
  'alter table customers add constraint visits_positive check (visits > 0)',
  'alter table customers add constraint visits_positive check (visits > 0) not valid',
  'alter table invoices add constraint owner foreign key (customer_id) references customers (id)',
  'alter table invoices add constraint owner foreign key (customer_id) references customers (id) not valid',
  'alter table invoices validate constraint total_positive',
  'alter table invoices validate constraint customer_known',
  'alter table invoices drop constraint customer_known',
  'alter table invoices drop constraint total_positive',
  'alter table customers add unique (email)',
  'create unique index one_email on customers (email); alter table customers add constraint email_once unique using index one_email',
  'create index on customers (email)',
  'drop index customers_memo_idx',
  'drop table invoices',
  'truncate invoices',
  'update customers set visits = 2',
  'delete from invoices where id = 5',
  'insert into invoices values (99999, 1, 3)',
  'create table baskets (id int primary key, customer_id bigint references customers (id))',
  `alter table customers add constraint email_known check (email is not null) not valid;
   alter table customers validate constraint email_known; alter table customers alter email set not null`,
  ...DEFAULTS.map(
    of => `create function stamp() ${of}; alter table customers add column stamped text default stamp()::text`,
  ),
];

/** What they cost is predicted and measured, statement after statement. */
export const CASES: readonly Case[] = IN_THE_SHOP.map(sql => ({ setup: SHOP, sql }));
