set local lock_timeout = '2s';

-- migration-gate: allow dropped-column: no release since 2026-03 reads phone
alter table customers drop column phone;

-- migration-gate: allow blocking-index-build
create index orders_status_idx on orders (status);

-- migration-gate: allow table-rewrite: nothing is rewritten here
alter table orders add column note text;

-- migration-gate: allow droped-table: a spelling mistake
drop table orders;
