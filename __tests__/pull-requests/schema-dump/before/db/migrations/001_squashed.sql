-- The files before this one were removed: db/structure.sql has what they did.
select 1;
