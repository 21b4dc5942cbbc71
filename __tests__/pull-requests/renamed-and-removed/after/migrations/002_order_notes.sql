alter table orders add column note text;
alter table orders add column internal_note text;
alter table orders add column delivery_note text;
