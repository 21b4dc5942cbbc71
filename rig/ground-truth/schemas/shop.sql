create table customers (id bigint primary key, email varchar(50), visits int, memo text, rank int not null default 0);
create table invoices (id bigint primary key, customer_id bigint, total numeric(10, 2));
alter table invoices add constraint total_positive check (total > 0) not valid;
alter table invoices add constraint customer_known foreign key (customer_id) references customers (id) not valid;
alter table customers add constraint visits_known check (visits is not null);
create index customers_memo_idx on customers (memo);
insert into customers select g, 'c' || g, g, 'x', 0 from generate_series(1, 2000) g;
insert into invoices select g, g, 1 from generate_series(1, 2000) g;
analyze customers, invoices;
