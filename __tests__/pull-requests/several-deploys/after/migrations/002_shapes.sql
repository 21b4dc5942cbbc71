set local lock_timeout = '2s';
alter table orders alter column total type integer using total::integer;
alter table customers alter column phone set not null;
alter table customers rename column email to email_address;
alter table orders add constraint orders_customer_email foreign key (customer_id) references customers (id);
