-- migrate:up
set local lock_timeout = '2s';
alter table orders validate constraint orders_total_is_positive;

-- migrate:down
