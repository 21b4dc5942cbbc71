-- migrate:up
set local lock_timeout = '2s';
alter table orders add column reference text;
alter table orders add constraint orders_total_is_positive check (total >= 0) not valid;

-- migrate:down
set local lock_timeout = '2s';
alter table orders drop constraint orders_total_is_positive;
alter table orders drop column reference;
