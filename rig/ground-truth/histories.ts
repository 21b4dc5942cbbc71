/** Histories as teams write them: tables that grow, are renamed, split and cleaned up. */
export const HISTORIES: Readonly<Record<string, string>> = {
  'a shop that grows': `
    create table users (id bigserial primary key, email text not null unique, created_at timestamptz not null default now());
    create table orders (id bigserial primary key, user_id bigint not null references users on delete cascade,
      total numeric(10, 2) check (total >= 0), state varchar(20) default 'new');
    create index on orders (user_id);
    create index orders_open on orders (state, (lower(state))) where state <> 'done';
    alter table users add column name varchar(80), add column "Nick Name" text;
    alter table users alter column name type text, alter column name set not null;
    alter table users rename column name to full_name;
    alter table orders add constraint orders_state check (state in ('new', 'paid', 'done')) not valid;
    alter table orders validate constraint orders_state;
    alter table orders drop constraint orders_total_check;
    alter table orders rename to purchases;
    alter index orders_open rename to purchases_open;
    drop index orders_user_id_idx;
    create unique index users_full_name on users (full_name);
    alter table users add constraint users_full_name_once unique using index users_full_name;`,
  'indexes without a name': `
    create table users (id int primary key, email text, data jsonb, born date, tags text[]);
    create index on users (lower(email));
    create index on users (lower(email), upper(email), lower(email));
    create index on users ((data ->> 'name'));
    create index on users ((email::varchar(10)), (data::text));
    create index on users (coalesce(email, ''), (case when id > 1 then 'a' else email end));
    create index on users ((case when id > 1 then 1 else 2 end));
    create index on users ((id + 1), ((id + 1)::bigint), nullif(id, 1), greatest(id, 2));
    create index on users ((email collate "C"), pg_catalog.lower(email), (tags[1]));
    create index on users ((array[id, 1]), extract(year from born), (('a' || email)::text));
    drop index users_lower_idx;`,
  'types, views and programs': `
    create schema billing;
    create type billing.state as enum ('draft', 'sent');
    alter type billing.state add value 'paid' after 'sent';
    create domain billing.money_amount as numeric(12, 2) check (value >= 0);
    create table billing.invoices (id int generated always as identity primary key, state billing.state not null default 'draft',
      amount billing.money_amount, net int, gross int generated always as (net * 2) stored, tags text[] default '{}');
    create view billing.open_invoices as select id, amount from billing.invoices where state <> 'sent';
    create materialized view billing.totals as select state, sum(amount) as total from billing.invoices group by state;
    create unique index on billing.totals (state);
    create function billing.touch() returns trigger language plpgsql as $$ begin return new; end $$;
    create trigger invoices_touch before insert or update on billing.invoices for each row execute function billing.touch();
    alter table billing.invoices enable row level security;
    create policy own_invoices on billing.invoices using (id > 0);
    create sequence billing.numbers;
    alter sequence billing.numbers owned by billing.invoices.net;
    alter table billing.invoices alter column net set default nextval('billing.numbers');
    create table billing.notes (id int, amount text);
    create view billing.noted as select i.amount from billing.invoices i join billing.notes n on n.id = i.id;
    alter table billing.notes drop column amount;
    drop view billing.open_invoices;`,
  'partitions and inheritance': `
    create table events (id bigint not null, at timestamptz not null, kind text, primary key (id, at)) partition by range (at);
    create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
    create table events_rest partition of events default;
    create index events_kind on events (kind);
    create table events_2025 (like events including all);
    alter table events attach partition events_2025 for values from ('2025-01-01') to ('2026-01-01');
    alter table events add column source text default 'web';
    alter table events detach partition events_2024;
    drop table events_2024;
    create table people (id int primary key, name text not null);
    create table employees (salary int) inherits (people);
    alter table people add column born date;`,
  'foreign keys of partitions': `
    create table buyers (id bigint primary key);
    create table orders (id bigint not null, buyer_id bigint, day date not null, agent_id bigint references buyers (id)) partition by range (day);
    create table orders_2024 partition of orders for values from ('2024-01-01') to ('2025-01-01');
    alter table orders add constraint orders_buyer foreign key (buyer_id) references buyers (id) on delete cascade;
    create table orders_2025 partition of orders for values from ('2025-01-01') to ('2026-01-01');
    create table orders_2026 (like orders);
    alter table orders_2026 add constraint orders_buyer foreign key (buyer_id) references buyers (id) on delete cascade;
    alter table orders attach partition orders_2026 for values from ('2026-01-01') to ('2027-01-01');
    alter table orders drop constraint orders_agent_id_fkey;
    alter table orders detach partition orders_2024;`,
  'tables that come and go': `
    set search_path = public;
    create table if not exists carts (id uuid primary key default gen_random_uuid(), owner_id int);
    create table if not exists carts (id int);
    create unlogged table cart_cache (id int);
    alter table cart_cache set logged;
    alter table carts add column if not exists owner_id int, add column note text, drop column if exists colour;
    create table cart_lines (cart_id uuid references carts (id), line int, primary key (cart_id, line));
    alter table cart_lines drop constraint cart_lines_cart_id_fkey;
    alter table cart_lines add foreign key (cart_id) references carts on delete set null not valid;
    create schema archive;
    alter table cart_cache set schema archive;
    drop table if exists nothing_here;
    begin; create table gone (id int); rollback;
    alter table cart_lines rename constraint cart_lines_pkey to cart_lines_key;
    alter table carts alter owner_id type bigint, alter owner_id set default 1, alter note drop not null;
    create statistics carts_stats on owner_id, note from carts;
    create extension if not exists plpgsql;`,
  'keys that are exchanged': `
    create table likes (id serial primary key, post_id int not null, user_id int not null);
    alter table likes drop column id, add primary key (post_id, user_id);
    create table settings (key text primary key, value jsonb, constraint settings_key_once unique (key));
    create table tokens (id int unique primary key, owner int);
    alter table tokens drop constraint tokens_pkey, add primary key (id, owner);
    alter table tokens alter column id add generated always as identity;
    create table visits (id int generated always as identity, page text);
    alter table visits alter column id drop identity;
    create table shops (id int, region int);
    create unique index shops_key on shops (region, id);
    create table tills (shop int, region int, foreign key (shop, region) references shops (id, region));
    drop index shops_key cascade;
    create type address as (street text, town text);
    create table durations (short interval(3), long interval day to second(2), amount numeric(8));`,
  'names that are taken, and what refers to what is renamed': `
    create extension citext;
    create schema shared; create extension ltree schema shared;
    create table members (id serial primary key, email citext not null, parent_id int references members, place shared.ltree);
    create table visits (id bigserial primary key, member_id int constraint visits_member_id_fkey references members (id), at timestamptz default now());
    alter table members rename column id to member_id;
    alter table visits rename to old_visits;
    create table visits (id bigserial primary key, member_id int references members);
    create unlogged table visit_cache (id serial primary key);
    create sequence code_numbers;
    create table codes (id serial primary key, code text default 'v' || nextval('code_numbers'));
    create table notes (id int generated always as identity (sequence name "note numbers" start 5), author int not null);
    alter table notes alter author add generated by default as identity (sequence name author_numbers);
    create table bookings (id int, room int, during tstzrange, exclude using gist (during with &&) where (room > 0));
    alter table members drop column member_id cascade;
    drop table old_visits;`,
  'functions, their namesakes and their triggers': `
    create table users (id int primary key, name text, total bigint);
    create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
    create function label(id int) returns text language sql as $$ select name from users where users.id = label.id $$;
    create function label(ids int[]) returns text language sql as $$ select string_agg(name, ',') from users $$;
    create aggregate longest (text) (sfunc = text_larger, stype = text);
    create trigger users_touch before update on users for each row execute function touch();
    alter function touch() rename to touched;
    drop function label(int[]);
    create function count_users() returns trigger language plpgsql as $$ begin update users set total = 1; return null; end $$;
    create trigger users_count after insert on users execute function count_users();
    drop function count_users() cascade;
    create temporary table staged (id int);
    create function pg_temp.stage() returns int language sql as 'select 1';`,
  'guards that know what is there': `
    create table orders (id int primary key, state text, constraint state_known check (state <> ''));
    do $$ begin
      if not exists (select from pg_constraint where conname = 'state_known') then
        alter table orders add constraint state_known check (state <> 'x');
      end if;
      if to_regclass('old_orders') is not null then
        alter table old_orders rename to archived_orders;
        alter table archived_orders add column note text;
      end if;
      if to_regclass('orders') is null then create table orders (other int); end if;
    end $$;`,
  'handlers that swallow what fails': `
    create table users (id int primary key, name text);
    create table orders (id int, user_id int, total int,
      constraint orders_of_one_user_and_no_other_with_a_name_beyond_what_postgres_keeps_pk primary key (id, user_id));
    do $$ begin
      alter table orders add constraint orders_of_one_user_and_no_other_with_a_name_beyond_what_postgres_keeps_fk
        foreign key (user_id) references users;
    exception when duplicate_object then null; end $$;
    do $$ begin alter table users add column age int, add column name text; exception when duplicate_column then null; end $$;
    do $$ begin alter table visits add column at date; exception when undefined_table then null; end $$;
    do $$ begin alter table orders add constraint orders_user foreign key (user_id) references users;
    exception when duplicate_object then null; end $$;`,
  'loops over constants': `
    create schema shop;
    create table shop.users (id int, name text, email text, phone text, constraint name_there check (name is not null));
    create table shop.events (id int, at date) partition by range (at);
    do $$
    declare
      col record; users oid := 'shop.users'::regclass; prefix text := 'users'; part text; added text;
    begin
      for col in select * from (values ('name', 'name_there'), ('email', 'email_there'), ('phone', null)) as t(name, rule) loop
        continue when col.name = 'phone';
        if exists (select from pg_constraint c where c.conrelid = users and c.conname = col.rule) then
          execute format('alter table shop.users drop constraint %I', col.rule);
        end if;
        execute format('alter table shop.users alter column %I set not null', col.name);
      end loop;
      foreach part in array array['2024', '2025'] loop
        execute format('create table shop.events_%s partition of shop.events for values from (%L) to (%L)', part, part || '-01-01', part || '-12-31');
      end loop;
      for part in select unnest(array['id', 'at']) loop execute format('create index on shop.events (%I)', part); end loop;
      for i in 1..2 loop execute 'create index ' || quote_ident(prefix || '_' || i) || ' on shop.users (id)'; end loop;
      for added in values ('a'), ('b'), ('c') loop
        exit when added = 'c';
        execute format('alter table shop.users add %I int', added);
      end loop;
    end $$;`,
  'guards that ask the system catalogs': `
    create schema billing;
    create type mood as enum ('glad', 'sad');
    create table users (id int primary key, feels mood);
    create table billing.invoices (id int primary key, user_id int references users);
    create index invoices_user on billing.invoices (user_id);
    do $$ begin
      if not exists (select 1 from pg_type t join pg_namespace n on n.oid = t.typnamespace
          where t.typname = 'mood' and n.nspname = 'public') then create type mood as enum ('none');
      elsif exists (select 1 from pg_enum e join pg_type t on t.oid = e.enumtypid
          where t.typname = 'mood' and e.enumlabel = 'angry') then alter table users add column angry int;
      else alter table users add column calm int; alter table users add column quiet int; end if;
    end $$;
    do $$ begin
      if exists (select from information_schema.columns where table_schema = 'public' and table_name = 'users' and column_name = 'name')
      then alter table users rename column name to full_name; return; end if;
      alter table users add column full_name text;
      if exists (select 1 from pg_tables where tablename = 'visits') or current_setting('server_version_num')::int < 90000
      then create table visitors (id int); end if;
      if (select to_regclass('billing.users') is not null) then drop table users cascade; end if;
      if exists (select 1 from pg_constraint where conrelid = 'billing.invoices'::regclass and contype = 'f' and conname like '%\\_fkey')
      then alter table billing.invoices drop constraint invoices_user_id_fkey; end if;
      if exists (select 1 from pg_indexes where schemaname = 'billing' and indexname in ('invoices_user', 'invoices_other'))
      then drop index billing.invoices_user; end if;
      if exists (select 1 from pg_attribute a join pg_class c on c.oid = a.attrelid
          where c.relname = 'users' and a.attname = 'full_name' and not a.attisdropped and not a.attnotnull)
      then alter table users alter column full_name set not null; return; end if;
      create table never (id int);
    end $$;`,
  'defaults that rest on a type or a sequence': `
    create type currency as enum ('usd', 'eur');
    create type mood as enum ('glad', 'sad');
    create sequence invoice_numbers;
    create table accounts (id int, currency currency not null default 'usd', second currency default 'eur',
      mood text default 'glad'::mood, invoice text default 'no-' || currval('invoice_numbers'));
    alter table accounts alter column currency type text;
    alter type currency rename to currencies;
    alter type mood rename to moods;
    alter table accounts alter column second drop default, alter column second type text;
    drop type currencies cascade;
    drop type moods cascade;`,
};
