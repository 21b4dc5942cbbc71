import { array, constantFrom, oneof, record, subarray, type Arbitrary } from 'fast-check';

/** A random migration, and the schema that was there before it. */
export interface Case {
  readonly schema: readonly string[];
  readonly migration: readonly string[];
}

/** Every table has these columns, so that a random statement fits most tables. */
const COLUMNS = `email varchar(50), age int default 0, total numeric(10, 2), state text, at timestamptz default now()`;
const FIRST: readonly string[] = [
  `create table users (id bigint primary key, ${COLUMNS})`,
  `create table orders (id bigint primary key, user_id bigint, ${COLUMNS})`,
  `create table events (id bigint not null, ${COLUMNS}) partition by range (id)`,
  'create table events_low partition of events for values from (0) to (1000)',
  'create table events_high partition of events for values from (1000) to (2000)',
];
const ROWS: readonly string[] = ['users', 'orders', 'events'].map(
  table =>
    `insert into ${table} (id, email, age, total, state) select g, 'a' || g, g, g, 'new' from generate_series(1, 20) g`,
);
/** Kept in this order: some need an earlier one, and a schema that a server refuses is not tried. */
const PARTS: readonly string[] = [
  "create type mood as enum ('good', 'bad')",
  'create domain amount as numeric(10, 2) check (value >= 0)',
  'create sequence numbers',
  'create table events_rest partition of events default',
  'create table archive () inherits (users)',
  'alter table orders add constraint orders_user foreign key (user_id) references users (id)',
  'alter table orders add constraint orders_total check (total > 0)',
  'alter table users add constraint users_age check (age is not null)',
  'alter table users add constraint users_late check (age < 1000) not valid',
  'create index users_email_idx on users (email)',
  'create index users_lower_idx on users (lower(email))',
  'create unique index orders_id_state_idx on orders (id, state)',
  'create index orders_partial_idx on orders (total) where age > 0',
  'create index events_age_idx on events (age)',
  'create view adults as select id, age from users',
  'create materialized view totals as select state, sum(total) as total from orders group by state',
  'create statistics users_stat on age, state from users',
  'create function touch() returns trigger language plpgsql as $$ begin return new; end $$',
];

const table = constantFrom('users', 'orders', 'events', 'events_low', 'archive');
const column = constantFrom('email', 'age', 'total', 'state', 'at');
const type = constantFrom(
  'text',
  'varchar(80)',
  'varchar(20)',
  'bigint',
  'int',
  'numeric(12, 2)',
  'numeric',
  'timestamp',
  'amount',
);
const added = constantFrom(
  'text',
  'int not null default 1',
  'timestamptz default now()',
  'uuid default gen_random_uuid()',
  'bigserial',
  'bigint generated always as identity',
  'int generated always as (1) stored',
  'mood',
  'amount',
  'float8 default random()',
  'int check (extra > 0)',
  'int unique',
  'bigint references users (id)',
  "text not null default 'x'",
);
const about = (write: (table: string, column: string, type: string) => string): Arbitrary<string> =>
  record({ t: table, c: column, y: type }).map(({ t, c, y }) => write(t, c, y));

/** Weights are the statements' shares in public migrations, the rare ones lifted so that they are tried at all. */
const statement = oneof(
  { weight: 24, arbitrary: record({ t: table, a: added }).map(({ t, a }) => `alter table ${t} add column extra ${a}`) },
  { weight: 14, arbitrary: about((t, c) => `create index on ${t} (${c})`) },
  { weight: 3, arbitrary: about((t, c) => `create unique index ${t}_${c}_new on ${t} (id, ${c}) where age > 0`) },
  { weight: 6, arbitrary: about((t, c) => `alter table ${t} drop column ${c}`) },
  { weight: 2, arbitrary: about((t, c) => `alter table ${t} drop column ${c} cascade`) },
  { weight: 8, arbitrary: about((t, c, y) => `alter table ${t} alter column ${c} type ${y}`) },
  { weight: 3, arbitrary: about((t, c, y) => `alter table ${t} alter column ${c} type ${y} using ${c}::text::${y}`) },
  { weight: 7, arbitrary: about((t, c) => `alter table ${t} alter column ${c} set not null`) },
  { weight: 3, arbitrary: about((t, c) => `alter table ${t} alter column ${c} drop not null`) },
  { weight: 4, arbitrary: about((t, c) => `alter table ${t} alter column ${c} drop default`) },
  {
    weight: 5,
    arbitrary: about(t => `alter table ${t} add constraint ${t}_fk foreign key (id) references users (id)`),
  },
  {
    weight: 2,
    arbitrary: about(t => `alter table ${t} add constraint ${t}_fk foreign key (id) references users (id) not valid`),
  },
  { weight: 2, arbitrary: about(t => `alter table ${t} validate constraint ${t}_fk`) },
  { weight: 4, arbitrary: about(t => `alter table ${t} add constraint ${t}_check check (age >= 0)`) },
  { weight: 2, arbitrary: about(t => `alter table ${t} add constraint ${t}_check check (age >= 0) not valid`) },
  { weight: 2, arbitrary: about((t, c) => `alter table ${t} add constraint ${t}_unique unique (id, ${c})`) },
  { weight: 3, arbitrary: about(t => `alter table ${t} drop constraint ${t}_check`) },
  { weight: 3, arbitrary: about((t, c) => `alter table ${t} rename column ${c} to ${c}_old`) },
  { weight: 2, arbitrary: about(t => `alter table ${t} rename to ${t}_old`) },
  {
    weight: 3,
    arbitrary: about((t, c) => `alter table ${t} alter column ${c} set not null, add column extra int default 1`),
  },
  { weight: 5, arbitrary: about(t => `update ${t} set age = age + 1`) },
  { weight: 3, arbitrary: about(t => `delete from ${t} where id = 1`) },
  { weight: 3, arbitrary: about(t => `insert into ${t} (id, age) values (900, 1)`) },
  {
    weight: 3,
    arbitrary: about(t => `create trigger touched before update on ${t} for each row execute function touch()`),
  },
  { weight: 3, arbitrary: about(t => `drop table ${t} cascade`) },
  { weight: 2, arbitrary: about(t => `drop table ${t}`) },
  { weight: 2, arbitrary: about(t => `comment on table ${t} is 'x'`) },
  { weight: 2, arbitrary: about(t => `truncate ${t} cascade`) },
  { weight: 2, arbitrary: about(t => `alter table ${t} enable row level security`) },
  { weight: 2, arbitrary: about(t => `create table made (id bigint references ${t})`) },
  { weight: 2, arbitrary: about(t => `create table made as select * from ${t}`) },
  { weight: 2, arbitrary: about(t => `create view seen as select * from ${t}`) },
  {
    weight: 12,
    arbitrary: constantFrom(
      'drop index users_email_idx',
      'drop index events_age_idx',
      'refresh materialized view totals',
      'drop view adults',
      "alter type mood add value 'fair'",
      'drop type mood cascade',
      'drop domain amount cascade',
      'alter sequence numbers restart',
      'alter domain amount add check (value < 1000000)',
      'alter table events detach partition events_low',
      'alter table events detach partition events_high',
      'drop function touch() cascade',
      'create table events_next partition of events for values from (2000) to (3000)',
      'alter table users set unlogged',
      'alter index users_email_idx rename to emails',
      'reindex table users',
      'alter table events attach partition events_low for values from (0) to (1000)',
    ),
  },
);

/** Schemas and migrations, each as small as it can be shrunk. */
export const cases: Arbitrary<Case> = record({
  schema: subarray([...PARTS]).map(parts => [...FIRST, ...parts, ...ROWS]),
  migration: array(statement, { minLength: 1, maxLength: 6 }),
});
