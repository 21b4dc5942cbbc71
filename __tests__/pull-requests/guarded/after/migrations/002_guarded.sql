set lock_timeout = '2s';
set statement_timeout = '1min';

do $$ begin
  if not exists (select from information_schema.columns where table_name = 'orders' and column_name = 'note') then
    alter table orders add column note text;
    create index orders_note_idx on orders (note);
  end if;
end $$;

do $$ begin
  if exists (select from pg_constraint where conname = 'orders_total_positive') then
    return;
  end if;
  alter table orders add constraint orders_total_positive check (total > 0);
end $$;

do $$ begin
  alter table customers add constraint customers_phone_once unique (phone);
exception when duplicate_table then
  null;
end $$;
