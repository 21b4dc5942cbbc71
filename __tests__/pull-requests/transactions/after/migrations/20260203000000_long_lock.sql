set local lock_timeout = '2s';
alter table orders add column archived boolean not null default false;
update orders set archived = true where placed_at < '2020-01-01';
