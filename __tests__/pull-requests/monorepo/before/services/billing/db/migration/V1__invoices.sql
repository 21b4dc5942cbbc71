create table invoices (
  id bigint generated always as identity primary key,
  number text not null,
  amount numeric(12, 2) not null
);
