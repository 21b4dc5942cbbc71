set local lock_timeout = '2s';
alter table orders add colum note text;
do $$
begin
  execute format('alter table %I drop column total', current_setting('shop.table'));
end
$$;
alter table customers drop column phone;
