set lock_timeout = '2s';
set statement_timeout = '5s';
alter table customers alter column email type text;
alter table orders add column note text;
alter table orders add constraint orders_customer foreign key (customer_id) references customers (id) not valid;
