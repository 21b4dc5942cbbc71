create index concurrently orders_status_idx on orders (status);
alter table customers drop column phone;
alter table orders add column shipped_at timestamp;
