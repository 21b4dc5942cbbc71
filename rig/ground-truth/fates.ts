import type { Sample } from './records.ts';

const KINDS = "create schema kinds; create type kinds.mood as enum ('a'); create table moods (id int, mood kinds.mood)";

/**
 * What locks and files do not show, statement by statement, as the manual has it: which values are gone, whose rows are
 * changed, what CONCURRENTLY waits for. All of the fixture (fixture.sql), and of a type in a schema of its own.
 */
export const FATES: readonly (Pick<Sample, 'setup' | 'sql' | 'alone'> & { readonly fate: readonly string[] })[] = [
  ['drop table nopk', 'loses table of nopk'],
  ['drop table events', 'loses table of events', 'loses table of events_2024', 'loses table of events_2025'],
  ['drop view v_orders'],
  ['drop materialized view mv_orders'],
  ['drop sequence s1'],
  ['truncate nopk', 'loses rows of nopk'],
  ['truncate inh_parent', 'loses rows of inh_parent', 'loses rows of inh_child'],
  ['alter table nopk drop column b', 'loses column of nopk'],
  ['alter table nopk add column c int'],
  ['drop type status_t cascade', 'loses column of orders'],
  ['drop schema p'],
  ['drop schema kinds cascade', 'loses column of moods'],
  ['delete from nopk', 'delete of all of nopk', 'loses rows of nopk'],
  ['delete from nopk where id = 1', 'delete of some of nopk'],
  ['update nopk set a = 1', 'update of all of nopk'],
  ['update nopk set a = 1 where id = 1', 'update of some of nopk'],
  ['insert into nopk values (1, 2, 3)', 'insert of some of nopk'],
  ['merge into nopk using items on nopk.id = items.id when matched then delete', 'merge of some of nopk'],
  ['alter table items alter price type numeric(10, 1)', 'may lose precision of items'],
  ['alter table items alter price type numeric(12, 2)'],
  ['alter table items alter price type int', 'may lose precision of items'],
  ['alter table items alter qty type bigint'],
  ['alter table orders alter ival type interval(1)', 'may lose precision of orders'],
  ['alter table orders alter ts type date', 'may lose precision of orders'],
  ['create index concurrently on nopk (a)', 'waits at nopk'],
  ['create index on nopk (a)'],
  ['drop index concurrently items_note_idx', 'waits at items'],
  ['drop index items_note_idx'],
  ['reindex table concurrently items', 'waits at items'],
  ['reindex index concurrently items_note_idx', 'waits at items'],
  ['reindex index concurrently unseen_idx', 'waits at unseen_idx'],
  ['reindex table items'],
  ['alter table events detach partition events_2025 concurrently', 'waits at events'],
  ['alter table events detach partition events_2025'],
].map(([sql = '', ...fate]) => ({ setup: KINDS, sql, alone: true as const, fate }));
