import type { Case } from '../scripts/fuzz/case.ts';
import { archive, events, label, logs, orders, referred, users } from './fuzz-cases.ts';

/** One price each, which no other case and no record could tell from another: `npm run mutants`. */
export const PRICES: readonly Case[] = [
  {
    schema: archive,
    migration: ['alter table users drop column age', 'alter table users drop column if exists missing'],
  },
  {
    schema: [
      "create table sums as select * from json_to_record('{}') as (id int)",
      'create table sums_new () inherits (sums)',
      'create table sums_old () inherits (sums_new)',
    ],
    migration: ['alter table sums drop column id'],
  },
  {
    schema: ['create table items (id serial primary key)'],
    migration: ['alter table items alter column id type bigint'],
  },
  {
    schema: [...archive, 'alter table users alter column email set not null'],
    migration: ['alter table only users alter column email drop not null'],
  },
  {
    schema: [
      users,
      orders,
      'alter table orders add constraint known foreign key (user_id) references users not enforced',
    ],
    migration: ['alter table orders alter constraint known not enforced'],
  },
  {
    schema: [
      ...events,
      'alter table events add constraint events_user foreign key (age) references users (id) not enforced',
      'insert into events (id) values (1), (1001)',
    ],
    migration: ['alter table events alter constraint events_user enforced'],
  },
  {
    schema: [
      users,
      label,
      'create view labels as select label() as label, id from users',
      'create view again as select id from labels',
    ],
    migration: ['drop function label cascade'],
  },
  {
    schema: [users, orders, 'create materialized view ages as select id, age from users'],
    migration: ['insert into orders (user_id) select id from ages'],
  },
  {
    schema: [...referred, 'insert into events (id) select generate_series(1, 3)', 'analyze events_low'],
    migration: ['insert into orders (user_id) values (1)'],
  },
  {
    schema: [
      users,
      'create view adults as select id, age from users where age > 18',
      'create view elders as select id, age from adults where age > 60',
    ],
    migration: ['insert into elders values (1, 70)'],
  },
  {
    schema: [
      'create view adults as select 1 as id',
      'create view elders as select id from adults',
      'create or replace view adults as select id from elders',
    ],
    migration: ['update adults set id = 2'],
  },
  { schema: archive, migration: ['vacuum full users'], alone: true },
  { schema: archive, migration: ['alter table archive no inherit users'] },
  {
    schema: [
      'create domain amount as int',
      'create type pair as (a int, b amount)',
      'create type other as (a int)',
      'alter type pair rename attribute a to first',
      'alter type other rename attribute a to first',
    ],
    migration: ['drop type amount cascade'],
  },
  {
    schema: [
      users,
      "create type mood as enum ('glad')",
      "alter table users alter column email set default 'glad'::mood",
    ],
    migration: ['drop type mood', 'drop type mood cascade'],
  },
  {
    schema: [users, 'alter table users add column tags text[]'],
    migration: ['alter table users alter column tags type text'],
  },
  {
    schema: [
      ...logs,
      'create table scratch (id bigint, state text, foreign key (id, state) references logs)',
      "insert into logs values (1, 'old'), (2, 'older'), (3, 'new')",
      "insert into scratch values (3, 'new')",
      'analyze',
    ],
    migration: ['alter table logs detach partition logs_rest'],
  },
  {
    schema: [
      ...events,
      'alter table events add primary key (id)',
      'create table visits (id bigint, event_id bigint references events) partition by range (id)',
      'create table visits_next (id bigint, event_id bigint)',
      'insert into events (id) values (1), (1001)',
      'insert into visits_next values (1, 1), (2, 1001)',
      'analyze',
    ],
    migration: ['alter table visits attach partition visits_next for values from (0) to (1000)'],
  },
];
