create table customers (id bigint generated always as identity primary key, email text not null, phone text);
create table orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers,
  status text not null default 'open',
  total numeric(10, 2),
  placed_at timestamptz not null default now()
);
create index orders_customer_id_idx on orders (customer_id);

