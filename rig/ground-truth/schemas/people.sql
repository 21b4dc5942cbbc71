create table people (id int primary key, name varchar(40), parent int references people);
create table pets (id int primary key, owner int references people on update cascade, name text);
create table counts (people int);
create view named as select id, name from people where name is not null;
create view owners as select n.id, p.name from named n join pets p on p.owner = n.id;
create index people_named on people (name) where id > 0;
create function count_people() returns trigger language plpgsql as $$ begin update counts set people = people + 1; return null; end $$;
create trigger people_count after insert on people for each statement execute function count_people();
create function note(target regclass, kind text) returns void language plpgsql as $$ begin
  execute format('alter table %s add column %I text', target, kind || '_note'); end $$;
create type address as (street text);
insert into people select g, 'p' || g from generate_series(1, 100) g; insert into pets select g, g from generate_series(1, 100) g;
