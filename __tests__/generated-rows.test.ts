import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postgresBinaries } from '../rig/postgres-binaries.ts';
import { startLocal, type Server } from '../src/database/local.ts';
import { connect, type Client } from '../src/database/service.ts';
import { generateRows } from '../src/rehearse/rows/generate-rows.ts';
import { textOfPattern } from '../src/rehearse/rows/text-of-pattern.ts';

const SCHEMA = `
create type status as enum ('new', 'paid', 'void');
create domain email as text check (value ~ '^[a-z]{3}@[a-z]{4}\\.com$');
create type address as (street text, zip text);
create table users (id bigserial primary key, login varchar(40) not null unique, mail email not null, home address,
  born date, manager bigint references users, tags text[] not null default '{}', meta jsonb, ip inet, key uuid unique);
create table products (id int generated always as identity primary key, price numeric(8, 2) not null check (price > 0),
  tax numeric generated always as (price * 0.2) stored, kind text not null check (kind in ('good', 'service')),
  country char(2) check (length(country) = 2), words tsvector, flags bit(4) not null, valid tstzrange);
create table orders (id uuid primary key, user_id bigint not null references users, status status not null,
  paid_at timestamptz, cancelled_at timestamptz, check ((paid_at is null) <> (cancelled_at is null)));
create table order_lines (order_id uuid references orders, product_id int references products, amount int not null check (amount between 1 and 9),
  primary key (order_id, product_id));
create table teams (id int primary key, leader int not null);
create table members (id int primary key, team_id int references teams);
alter table teams add foreign key (leader) references members;
create table events (id bigint, at date not null, primary key (id, at)) partition by range (at);
create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
create table events_rest partition of events default;
create table regions (code text not null) partition by list (code);
create table regions_north partition of regions for values in ('n', 'nw');
create table buckets (id int not null) partition by hash (id);
create table buckets_0 partition of buckets for values with (modulus 2, remainder 0);
create table buckets_1 partition of buckets for values with (modulus 2, remainder 1);
create table sessions (id uuid, shop int, primary key (id, shop));
create table runs (id uuid, shop int, primary key (id, shop));
create table messages (id int primary key, shop int not null, session uuid not null, run uuid not null,
  foreign key (session, shop) references sessions, foreign key (run, shop) references runs);
create table impossible (a int not null check (a > 5 and a < 5));
create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
create trigger guard before insert on orders for each row execute function refuse();`;

describe.each([13, 18])('the filler on Postgres %i', major => {
  let server: Server;
  let client: Client;
  beforeAll(async () => {
    server = await startLocal({ binaries: await postgresBinaries(major) });
    client = await connect(server.url);
    await client.query('create role shop login');
    await client.query('create database shop owner shop');
    await client.end();
    client = await connect(server.database('shop').replace('postgres@', 'shop@'));
    await client.query(major < 15 ? SCHEMA : `create schema shop; set search_path = shop; ${SCHEMA}`);
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await server.stop();
  });

  test('every table gets rows as its owner, and the one that cannot is named', async () => {
    const { tables, unfilled } = await generateRows(client, { rows: 200, seed: 7 });
    expect(unfilled).toEqual([
      { name: expect.stringMatching(/impossible$/), because: expect.stringContaining('satisfies its constraints') },
    ]);
    expect(tables).toHaveLength(14);
    const { rows } = await client.query(`insert into users (login, mail) values ('next', 'abc@shop.com') returning id`);
    expect(rows).toHaveLength(1);
    await expect(client.query('create unique index on orders (user_id)')).rejects.toThrow(/could not create unique/);
    await expect(client.query('alter table users alter born set not null')).rejects.toThrow(/null values/);
    await expect(client.query('insert into orders values (null)')).rejects.toThrow('no');
  });
});

test('a pattern becomes the characters of each place', () => {
  expect(textOfPattern('^[a-c]\\d{2}-$')).toEqual(['abc', '0123456789', '0123456789', '-']);
  expect(textOfPattern('(a|b)')).toBeNull();
});
