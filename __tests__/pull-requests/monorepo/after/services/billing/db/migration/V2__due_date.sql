set local lock_timeout = '2s';
alter table invoices add column due_date date not null;
