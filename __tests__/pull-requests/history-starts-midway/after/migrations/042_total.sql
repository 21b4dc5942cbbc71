set local lock_timeout = '2s';
alter table orders alter column total type bigint;
alter table customers alter column email set not null;
