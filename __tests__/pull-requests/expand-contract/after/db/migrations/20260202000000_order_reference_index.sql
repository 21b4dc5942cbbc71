-- migrate:up transaction:false
create unique index concurrently orders_reference_key on orders (reference);

-- migrate:down transaction:false
drop index concurrently orders_reference_key;
