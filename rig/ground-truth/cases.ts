/** A shop with data: two thousand customers, an invoice each, checks and a foreign key that are not yet validated. */
const SHOP = `
create table customers (id bigint primary key, email varchar(50), visits int, memo text, rank int not null default 0);
create table invoices (id bigint primary key, customer_id bigint, total numeric(10, 2));
alter table invoices add constraint total_positive check (total > 0) not valid;
alter table invoices add constraint customer_known foreign key (customer_id) references customers (id) not valid;
alter table customers add constraint visits_known check (visits is not null);
create index customers_memo_idx on customers (memo);
insert into customers select g, 'c' || g, g, 'x', 0 from generate_series(1, 2000) g;
insert into invoices select g, g, 1 from generate_series(1, 2000) g;
analyze customers, invoices;`;

/** Functions of one expression or not, which Postgres puts in a default's place or calls for each row. */
const DEFAULTS: readonly string[] = [
  `returns bigint language sql as $$ select cast(extract(epoch from now() at time zone 'utc') * 1000000 as bigint) ; $$`,
  'returns text language sql as $$ select now()::text $$',
  'returns timestamptz language sql return current_timestamp',
  'returns timestamptz language sql begin atomic select now(); end',
  'returns float8 language sql as $$ select random() $$',
  'returns float8 language sql stable as $$ select random() $$',
  'returns timestamptz language sql strict as $$ select now() $$',
  'returns timestamptz language sql security definer as $$ select now() $$',
  'returns timestamptz language sql set search_path = public as $$ select now() $$',
  'returns timestamptz language sql as $$ select (select now()) $$',
  'returns timestamptz language sql as $$ select now() limit 1 $$',
  'returns timestamptz language sql as $$ select now() from (select 1) one $$',
  'returns timestamptz language sql as $$ select 1; select now() $$',
  'returns int language sql as $$ values (1) $$',
  'returns bigint language sql as $$ select count(*) $$',
  'returns timestamptz language plpgsql as $$ begin return now(); end $$',
];

/** A migration that the records of old do not hold; what servers did with it is in cases.json. */
export interface Case {
  readonly setup: string;
  readonly sql: string;
  /** Refuses a transaction block. */
  readonly alone?: true;
  /** Why the analysis cannot tell all of it. */
  readonly known?: string;
}

/** Migrations of the shop. */
const IN_THE_SHOP: readonly string[] = [
  'alter table customers add column points int',
  'alter table customers add column points int not null default 1',
  'alter table customers add column joined timestamptz default now()',
  'alter table customers add column token uuid default gen_random_uuid()',
  'alter table customers add column lot float8 default random()',
  'alter table customers add column number bigserial',
  'alter table customers add column number int generated always as identity',
  'alter table customers add column next_visit int generated always as (visits + 1) stored',
  'alter table customers add column last_invoice bigint references invoices (id)',
  'alter table customers add column points int check (points > 0)',
  'alter table customers add column badge int unique',
  'alter table customers drop column memo',
  'alter table customers rename column memo to notes',
  'alter table customers rename to clients',
  'alter table customers alter email set not null',
  'alter table customers alter visits set not null',
  'alter table customers alter rank drop not null',
  'alter table customers alter rank set not null',
  'alter table customers alter visits type bigint',
  'alter table customers alter email type varchar(100)',
  'alter table customers alter email type varchar(20)',
  'alter table customers alter email type text',
  'alter table customers alter memo type varchar',
  'alter table customers alter memo type varchar(10)',
  'alter table invoices alter total type numeric(12,2)',
  'alter table invoices alter total type numeric',
  'alter table customers add constraint visits_positive check (visits > 0)',
  'alter table customers add constraint visits_positive check (visits > 0) not valid',
  'alter table invoices add constraint owner foreign key (customer_id) references customers (id)',
  'alter table invoices add constraint owner foreign key (customer_id) references customers (id) not valid',
  'alter table invoices validate constraint total_positive',
  'alter table invoices validate constraint customer_known',
  'alter table invoices drop constraint customer_known',
  'alter table invoices drop constraint total_positive',
  'alter table customers add unique (email)',
  'create unique index one_email on customers (email); alter table customers add constraint email_once unique using index one_email',
  'create index on customers (email)',
  'drop index customers_memo_idx',
  'drop table invoices',
  'truncate invoices',
  'update customers set visits = 2',
  'delete from invoices where id = 5',
  'insert into invoices values (99999, 1, 3)',
  'create table baskets (id int primary key, customer_id bigint references customers (id))',
  `alter table customers add constraint email_known check (email is not null) not valid;
   alter table customers validate constraint email_known; alter table customers alter email set not null`,
  ...DEFAULTS.map(
    of => `create function stamp() ${of}; alter table customers add column stamped text default stamp()::text`,
  ),
];

/** Migrations of the fixture (fixture.sql), which has partitions, inheritance, views and sequences. */
const IN_THE_FIXTURE: readonly string[] = [
  'alter table items alter note type varchar(60), alter extra type varchar',
  'alter table nopk alter b type varchar, alter a type bigint',
  'alter table users drop column id cascade',
  'alter table users owner to probe_role',
  'create schema attic; alter table users set schema attic',
  'alter table users set unlogged',
  'drop table nopk',
  'drop materialized view mv_orders',
  'drop view v_orders',
  'drop table inh_parent cascade',
  'drop table events',
  'drop table events_2025',
  'truncate inh_parent',
  'truncate events',
  'truncate events_2024',
  'truncate users cascade',
  'truncate nopk',
  'lock table inh_parent in exclusive mode',
  'lock table events in share mode',
  'lock table only inh_parent in share mode',
  'lock table v_orders in access exclusive mode',
  'alter table inh_parent alter a set not null',
  'alter table inh_parent drop constraint inh_parent_pkey',
  'alter table events drop constraint events_pkey',
  'alter table inh_parent add constraint a_known check (a is not null); alter table inh_parent rename constraint a_known to a_given; alter table inh_parent drop constraint a_given',
  'alter table inh_parent add constraint a_unlike unique (a)',
  'alter table inh_parent add constraint a_apart exclude (a with =)',
  'alter table inh_parent add constraint known foreign key (id) references users',
  'alter table only inh_parent add constraint a_known check (a is not null)',
  'alter table only inh_parent add constraint a_known check (a is not null) no inherit',
  'alter table only inh_parent alter a set not null',
  'alter table only inh_parent drop column a',
  'delete from only inh_parent',
  'truncate only inh_parent',
  'select * from only inh_parent',
  'alter table only inh_parent alter a set default 1',
  'alter table inh_parent alter a set statistics 100',
  'alter table events alter kind set statistics 100',
  'alter table inh_parent alter a type varchar(20)',
  'alter table events alter user_id type int',
  'alter table inh_parent add column born date not null default now()',
  'create index on only inh_parent (a)',
  'create index on only events (kind)',
  'create index if not exists orders_note_idx on orders (note)',
  'create unique index on items (note)',
  'create unique index on events_2024 (kind)',
  'reindex table nopk',
  'reindex table inh_parent',
  'reindex index items_note_idx',
  'create trigger watch before insert on events for each row execute function trg_fn()',
  'create trigger watch before insert on inh_parent for each row execute function trg_fn()',
  'create policy own on orders using (user_id in (select id from users))',
  'create rule only_known as on insert to nopk where not exists (select from users) do instead nothing',
  'create view recent as select * from orders',
  'create or replace view v_orders as select id, user_id, status from orders',
  'refresh materialized view concurrently mv_orders',
  'refresh materialized view mv_orders with no data',
  "update inh_parent set a = 'b'",
  "update inh_parent set a = 'b' where id = 3",
  "update only inh_parent set a = 'b'",
  "update events set kind = 'l' where at < '2024-07-01'",
  "update events set kind = 'l'",
  'update orders set user_id = 2 where id = 1',
  'update orders set qty = 2 where id < 200',
  'delete from inh_parent',
  "delete from events where at > '2025-01-01'",
  'delete from orders where id = 1000000',
  'delete from orders where id = 5',
  'delete from users where id = 1000000',
  'delete from nopk where id > 10',
  "insert into events values (1000, '2025-02-01', 'k', 1)",
  "insert into events_2025 values (1000, '2025-02-01', 'k', 1)",
  'insert into orders (id, user_id) values (1000, null)',
  'insert into orders (id, user_id) values (1000, 7)',
  'insert into order_items select id + 1000, id, status from orders',
  'select * from inh_parent',
  "select * from events where at = '2024-06-01'",
  'select count(*) from events',
  'create table copied as select * from inh_parent',
  "create table copied as select * from events where at = '2024-06-01' and id = 7",
  'create table copied as select * from users where id = 7',
  'create temporary table passing as select * from nopk',
  'analyze inh_parent',
  'analyze events',
  'analyze nopk',
  'analyze',
  'cluster orders using orders_note_idx',
  'drop schema p cascade',
  'create schema attic; drop schema attic',
  'drop type status_t cascade',
  'drop domain email_d cascade',
  'alter domain email_d add constraint email_short check (length(value) < 100)',
  'alter domain email_d add constraint email_short check (length(value) < 2)',
  'alter domain email_d set not null',
  'alter table events detach partition events_2025',
  'create table events_2027 partition of events default',
  "create table events_2027 partition of events for values from ('2027-01-01') to ('2028-01-01')",
  'alter index orders_note_idx rename to orders_by_note',
  'drop index orders_note_idx',
  'comment on table orders is null; grant select on orders to probe_role',
  'alter sequence s1 owned by orders.qty',
  'alter table users alter id drop identity',
  'alter table users alter id set generated always',
];

/** What refuses a transaction block: its locks are watched from beside. */
const ALONE: readonly string[] = [
  'create index concurrently on orders (qty)',
  'create unique index concurrently items_once on items (id)',
  'create index concurrently if not exists orders_note_idx on orders (note)',
  'drop index concurrently orders_note_idx',
  'reindex index concurrently orders_note_idx',
  'reindex table concurrently items',
  'reindex table concurrently nopk',
  'reindex table events',
  'vacuum (truncate false) orders',
  'vacuum full orders',
  'vacuum (full, analyze) events',
  'vacuum (truncate false) events',
  'vacuum (truncate false) inh_parent',
  'vacuum (truncate false)',
  'vacuum full',
  'cluster events using events_pkey',
  'cluster',
  'alter table events detach partition events_2025 concurrently',
];

/** Objects that a program has made: what the text does not show, the analysis does not know. */
const HIDDEN = (sql: string): string =>
  `do $$ begin execute (select replace('${sql.replaceAll("'", "''")}', '~', '')); end $$;`;
const BY_DAY = `
create table visits (id int, day date, page varchar(50), note text) partition by range (day);
create table visits_2024 partition of visits for values from ('2024-01-01') to ('2025-01-01');
insert into visits select g, '2024-05-05', 'p' || g, 'n' from generate_series(1, 100) g;`;
const NEXT = (rest = ''): string => `
create table visits_2025 (id int, day date, page varchar(50), note text${rest});
insert into visits_2025 select g, '2025-05-05', 'p' || g, 'n' from generate_series(1, 100) g;`;
const ATTACH = "alter table visits attach partition visits_2025 for values from ('2025-01-01') to ('2026-01-01')";

const UNSEEN = 'the table of an index that was never seen is not known';

/** Migrations of schemas of their own. */
const ELSEWHERE: readonly Case[] = [
  ...(
    [
      ['', NEXT()],
      ['its check is the bound', NEXT(", check (day is not null and day >= '2025-01-01' and day < '2026-01-01')")],
      ['its check is narrower', NEXT(", check (day is not null and day between '2025-03-01' and '2025-06-01')")],
      ['its check says nothing of it', NEXT(", check (day is not null and day > '2000-01-01')")],
      ['its check is of another column', NEXT(', check (id > 0)')],
      ['its check is not validated', `${NEXT()} alter table visits_2025 add check (day > '2025-01-01') not valid;`],
      [
        'it has partitions itself',
        `create table visits_2025 (id int, day date, page varchar(50), note text) partition by range (day);
         create table visits_may partition of visits_2025 for values from ('2025-05-01') to ('2025-06-01');
         insert into visits_2025 select g, '2025-05-05', 'p' || g, 'n' from generate_series(1, 100) g;`,
      ],
      ['the parent has an index', `${NEXT()} create index on visits (page);`],
      ['both have the index', `${NEXT()} create index on visits (page); create index on visits_2025 (page);`],
      ['there is a default partition', `${NEXT()} create table visits_rest partition of visits default;`],
      [
        'the default partition has a check',
        `${NEXT()} create table visits_rest partition of visits default;
         alter table visits_rest add check (day is not null and day < '2020-01-01');`,
      ],
      [
        'the parent refers to a table',
        `create table pages (id int primary key); insert into pages select generate_series(1, 100);
         analyze pages; alter table visits add foreign key (id) references pages; ${NEXT()}`,
      ],
      [
        'both refer to a table',
        `create table pages (id int primary key); insert into pages select generate_series(1, 100);
         alter table visits add foreign key (id) references pages; ${NEXT(', foreign key (id) references pages')}`,
      ],
    ] as const
  ).map(([what, setup]) => ({ setup: BY_DAY + setup, sql: `${ATTACH} -- ${what}` })),
  { setup: BY_DAY + NEXT(), sql: 'alter table visits attach partition visits_2025 default' },
  {
    setup: `${BY_DAY} create table visits_rest partition of visits default;`,
    sql: 'alter table visits detach partition visits_2024',
  },
  {
    setup: `${BY_DAY} create table visits_rest partition of visits default;`,
    sql: 'drop table visits_2024',
  },
  {
    setup: `${BY_DAY} create table visits_rest partition of visits default;`,
    sql: "create table visits_2026 partition of visits for values from ('2026-01-01') to ('2027-01-01')",
  },
  {
    setup: `${BY_DAY} update pg_catalog.pg_inherits set inhdetachpending = true where inhrelid = 'p.visits_2024'::regclass;`,
    sql: 'alter table visits detach partition visits_2024 finalize',
  },
  ...[
    'alter table visits add primary key (id, day)',
    'alter table visits alter page type varchar(80)',
    "alter table visits add constraint paged check (page <> '')",
    'alter table visits add column seen int not null',
    'create index on visits (page)',
  ].map(sql => ({ setup: BY_DAY, sql })),
  {
    setup: `${BY_DAY} create index on visits (lower(page)); alter table visits add constraint paged check (page <> '');`,
    sql: 'alter table visits alter page type varchar(90)',
  },
  {
    setup:
      'create table plan (id int, day date) partition by range (day); create table plan_1 partition of plan default;',
    sql: 'alter table plan add column room int not null',
  },
  {
    setup: `create table hosts (name varchar(20) primary key); insert into hosts values ('a');
      create table pings (id int primary key, host varchar(20) references hosts); insert into pings values (1, 'a');`,
    sql: 'alter table pings alter host type varchar(40)',
  },
  {
    setup: `create table hosts (name varchar(20) primary key); insert into hosts values ('a');
      create table pings (id int primary key, host varchar(20) references hosts); insert into pings values (1, 'a');`,
    sql: 'alter table hosts alter name type varchar(40)',
  },
  {
    setup: `create table hosts (id int primary key, rack int, unique (id, rack)); insert into hosts values (1, 1);
      create table pings (id int primary key, host int references hosts); insert into pings values (1, 1);`,
    sql: 'alter table pings alter id type bigint',
  },
  {
    setup: `create table hosts (id int primary key, rack int); insert into hosts values (1, 1);
      create table pings (id int primary key, host int references hosts); insert into pings values (1, 1);`,
    sql: 'alter table pings alter host type bigint',
  },
  {
    setup: `create table hosts (id int primary key, rack int); insert into hosts select g, g from generate_series(1, 50000) g;
      create table pings (id int primary key, host int); insert into pings values (1, 1); analyze hosts, pings;`,
    sql: 'alter table pings add foreign key (host) references hosts',
  },
  {
    setup: `create table hosts (id int primary key, rack int); insert into hosts select g, g from generate_series(1, 50000) g;
      create table pings (id int primary key, host int references hosts not valid); insert into pings values (1, 1);
      alter table pings add constraint known foreign key (host) references hosts not valid; analyze hosts, pings;`,
    sql: 'alter table pings validate constraint known',
  },
  {
    setup: `create table pings (id int primary key, visit int, day date); alter table events add unique (id, at, kind);
      create table looks (event bigint, at timestamptz); insert into looks select id, at from events;
      alter table looks add constraint seen foreign key (event, at) references events not valid;`,
    sql: 'alter table looks validate constraint seen',
  },
  {
    setup: `alter table inh_parent add constraint a_short check (length(a) < 9) not valid;`,
    sql: 'alter table inh_parent validate constraint a_short',
  },
  {
    setup: `alter table inh_parent add constraint known foreign key (id) references users not valid;`,
    sql: 'alter table inh_parent validate constraint known',
  },
  {
    setup: `create table notes (id bigint); alter table notes add foreign key (id) references users; insert into notes values (1);`,
    sql: 'alter table notes drop constraint notes_id_fkey',
  },
  {
    setup: `alter table events add foreign key (user_id) references users;`,
    sql: 'alter table events drop constraint events_user_id_fkey',
  },
  {
    setup: `create table looks (event bigint, at timestamptz, foreign key (event, at) references events);`,
    sql: 'alter table looks drop constraint looks_event_at_fkey',
  },
  {
    setup: `create table looks (event bigint, at timestamptz, foreign key (event, at) references events);`,
    sql: 'truncate events cascade',
  },
  {
    setup: `create table looks (event bigint, at timestamptz) partition by range (at);
      create table looks_all partition of looks default; alter table looks add foreign key (event, at) references events;`,
    sql: 'truncate events cascade -- to partitions',
  },
  {
    setup: `create unique index rows_once on nopk (a);`,
    sql: 'alter table nopk add primary key using index rows_once',
  },
  {
    setup: `insert into nopk values (1000, null, null); create unique index rows_once on nopk (a);`,
    sql: 'alter table nopk add constraint nopk_key primary key using index rows_once',
  },
  ...['volatile', 'immutable'].map(kind => ({
    setup: HIDDEN(`create function ticket_${kind}() returns int ${kind} language plpgsql as 'begin return 7; end'~`),
    sql: `alter table orders add column ticket int default ticket_${kind}()`,
  })),
  ...['alter table secret alter a type bigint', 'alter table secret alter b type text'].map(sql => ({
    setup: HIDDEN('create table secret (a int, b varchar(20)); insert into secret values (1, 2)~'),
    sql,
  })),
  ...['', 'not null'].flatMap(filled => [
    {
      setup: `${HIDDEN(`create table secret (a int ${filled}); insert into secret values (1)~`)} create unique index secret_a on secret (a);`,
      sql: `alter table secret add primary key using index secret_a${filled && ' -- not null already'}`,
    },
    {
      setup: HIDDEN(
        `create table secret (a int ${filled}); insert into secret values (1); create unique index secret_a on secret (a)~`,
      ),
      sql: `alter table secret add constraint key primary key using index secret_a${filled && ' -- not null already'}`,
    },
  ]),
  ...['', 'check (a is not null)'].map(check => ({
    setup: HIDDEN(`create table secret (a int ${check}); insert into secret values (1)~`),
    sql: `alter table secret alter a set not null${check && ' -- checked already'}`,
  })),
  {
    setup: `create table lists (ids int[], names varchar(10)[], words text[]); insert into lists values ('{1}', '{a}', '{b}');`,
    sql: 'alter table lists alter ids type bigint[] using ids::bigint[]',
  },
  ...[
    'ids type bigint[]',
    'names type varchar(20)[]',
    'names type varchar(10)[]',
    'names type text[]',
    'words type text using words[1]',
  ].map(change => ({
    setup: `create table lists (ids int[], names varchar(10)[], words text[]); insert into lists values ('{1}', '{a}', '{b}'); create index on lists (names);`,
    sql: `alter table lists alter ${change}`,
  })),
  ...[
    'a type int',
    'a type money using a::numeric::money',
    'b type varchar(10)',
    'b type bpchar',
    'b type char(20)',
    'c type citext',
    'c type varchar(20)',
    'd type inet',
    'e type timestamptz',
    'e type timestamp(0)',
    'e type date',
    'f type bit varying(4)',
    'g type numeric(12,2)',
    'g type numeric(12,1)',
    'g type numeric(8,2)',
    'h type interval',
    'h type interval(1)',
    'i type name',
    'b type text collate "C"',
    'j type oid',
  ].map(change => ({
    setup: `create table mix (a int, b varchar(10), c text, d cidr, e timestamp, f varbit(8), g numeric(10,2), h interval(3), i text, j int);
      insert into mix values (1, 'b', 'c', '10.0.0.0/8', now(), B'1010', 1.55, '1 day', 'i', 4);
      create index on mix (a); create index on mix (b); create index on mix (c); create index on mix (d); create index on mix (e);
      create index on mix (f); create index on mix (g); create index on mix (h); create index on mix (i); create index on mix (j);`,
    sql: `alter table mix alter ${change}`,
  })),
  // Measured where the extension is: on 15 and the embedded 18.
  ...['tag type varchar(20)', 'tag type bpchar', 'padded type citext'].map(change => ({
    setup: `create table tags (tag citext, padded bpchar); insert into tags values ('a', 'b'); create index on tags (tag); create index on tags (padded);`,
    sql: `alter table tags alter ${change}`,
  })),
  {
    setup: `create domain short as text; create domain shorter as short; create table words (a shorter); insert into words values ('a');`,
    sql: 'alter domain short add constraint few check (length(value) < 10)',
  },
  {
    setup: `create domain short as text; create table words (a short); insert into words values ('a');`,
    sql: 'alter table words alter a type text',
  },
  {
    setup: `create domain short as text check (length(value) < 10); create table words (a text); insert into words values ('a');`,
    sql: 'alter table words alter a type short',
  },
  {
    setup: `create domain few as text; alter domain few add constraint tiny check (length(value) < 10) not valid; create table words (a few); insert into words values ('a');`,
    sql: 'alter domain few validate constraint tiny',
  },
  {
    setup: `create domain few as text; alter domain few add constraint tiny check (length(value) < 10) not valid; create table words (a few); insert into words values ('a');`,
    sql: 'alter table words add column b few',
  },
  ...[
    'alter type spot add attribute z int cascade',
    'alter type spot drop attribute y cascade',
    'alter type spot alter attribute y type bigint cascade',
    'alter type spot rename attribute y to z cascade',
    'drop type spot cascade',
    'alter table spots not of',
  ].map(sql => ({
    setup: `create type spot as (x int, y int); create table spots of spot; insert into spots values (1, 2);`,
    sql,
  })),
  {
    setup: `create type spot as (x int, y int); create table marks (id int, at spot); insert into marks values (1, (1, 2));`,
    sql: 'drop type spot cascade -- a column has it',
  },
  {
    setup: `create table boss (id int primary key); insert into boss values (1), (2);
      create table team (id int primary key, boss int references boss); insert into team values (1, 1);`,
    sql: 'delete from boss where id = 2',
  },
  {
    setup: `create table boss (id int primary key); insert into boss values (1), (2);
      create table team (id int primary key, boss int references boss on delete set null); insert into team values (1, 1); create index on team (boss);`,
    sql: 'delete from boss where id = 1',
  },
  {
    setup: `create table boss (id int primary key); insert into boss select generate_series(1, 20);
      create table team (id int primary key, boss int references boss on delete cascade); insert into team select g, 1 + g % 20 from generate_series(1, 20000) g; create index on team (boss); analyze team;`,
    sql: 'delete from boss where id = 3',
  },
  {
    setup: `create table boss (id int primary key); create table team (id int primary key, boss int references boss);`,
    sql: 'drop table boss',
  },
  {
    setup: `create table boss (id int primary key); create table team (id int primary key, boss int references boss);`,
    sql: 'drop table boss cascade',
  },
  {
    setup: `create table boss (id serial primary key, note text);`,
    sql: 'drop table boss -- with its sequence',
  },
  {
    setup: HIDDEN('create index hidden_idx on orders (qty)~'),
    sql: 'drop index hidden_idx',
    known: UNSEEN,
  },
  {
    setup: HIDDEN('create index hidden_idx on orders (qty)~'),
    sql: 'reindex index hidden_idx',
    known: UNSEEN,
  },
  {
    setup: `${BY_DAY} create index visits_page on only visits (page);${HIDDEN('create index hidden_idx on visits_2024 (page)~')}`,
    sql: 'alter index visits_page attach partition hidden_idx',
    known: UNSEEN,
  },
  {
    setup: '',
    sql: 'reindex table concurrently events',
    alone: true,
  },
  ...[
    'alter table events detach partition events_2025 -- both ends of keys',
    'alter table events_2025 detach partition events_may -- of a partition, with keys above',
  ].map(sql => ({
    setup: `drop table events_2025; create table events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01') partition by range (at);
      create table events_may partition of events_2025 for values from ('2025-05-01') to ('2025-06-01');
      alter table events add foreign key (user_id) references users;
      create table looks (event bigint, at timestamptz, foreign key (event, at) references events);`,
    sql,
  })),
  {
    setup: `create table pages (id int, day date, primary key (id, day)) partition by range (day);
      create table pages_1 partition of pages default; insert into pages values (1, '2025-05-05');
      ${BY_DAY} truncate visits; alter table visits add foreign key (id, day) references pages; create index on visits (page);
      create table visits_2025 (id int, day date, page varchar(50), note text) partition by range (day);
      create table visits_may partition of visits_2025 for values from ('2025-05-01') to ('2025-06-01');
      insert into visits_2025 values (1, '2025-05-05', 'p', 'n');`,
    sql: `${ATTACH} -- partitions, keys and indexes on both sides`,
  },
  {
    setup: `alter table events add foreign key (user_id) references users;`,
    sql: 'alter table events detach partition events_2025 -- with a key',
  },
  {
    setup: `create table looks (event bigint, at timestamptz, foreign key (event, at) references events);`,
    sql: 'alter table events detach partition events_2025 -- that is referred to',
  },
  {
    setup: '',
    sql: "create function note() returns void language sql as 'insert into nopk select id from items; update orders set qty = 1'",
  },
  {
    setup: `create type spot as (x int, y int);`,
    sql: 'alter type spot rename to place',
  },
  {
    setup: `create schema attic; create type spot as (x int, y int);`,
    sql: 'alter type spot set schema attic',
  },
  {
    setup: `create view w_orders as select * from v_orders;`,
    sql: 'select * from w_orders',
  },
  {
    setup: `create view w_orders as select * from v_orders;`,
    sql: 'alter table orders alter status type varchar(20)',
  },
  ...[
    'create publication news for table inh_parent',
    'create publication news for table only inh_parent',
    'create publication news for table events',
    'comment on table inh_parent is null',
    'create statistics notes on id, a from inh_parent',
  ].map(sql => ({ setup: '', sql })),
  ...[
    'alter table inh_parent drop constraint a_known',
    'alter table only inh_parent drop constraint a_known',
    'alter table inh_parent rename constraint a_known to a_given',
    'alter table inh_parent rename constraint inh_parent_pkey to inh_key',
  ].map(sql => ({
    setup: 'alter table inh_parent add constraint a_known check (a is not null);',
    sql,
  })),
  {
    setup: HIDDEN(
      'create table secret (a int, constraint positive check (a > 0)); create table secret_2 () inherits (secret)~',
    ),
    sql: 'alter table secret rename constraint positive to above',
    known: 'children that only a program has made are not known',
  },
  ...[
    'alter table stamps alter a type timestamptz',
    'alter table stamps alter a type timestamptz(0)',
    'alter table stamps alter a type timestamptz(6)',
    'alter table stamps alter b type timestamptz',
    'alter table stamps alter b type timestamptz(4)',
    'alter table stamps alter b type timestamptz(3)',
  ].flatMap(sql =>
    ['UTC', 'Europe/Berlin'].map(zone => ({
      setup: `create table stamps (a timestamp, b timestamp(3)); insert into stamps values (now(), now()); create index on stamps (a); create index on stamps (b);`,
      sql: `set timezone = '${zone}'; ${sql}`,
    })),
  ),
  {
    setup: `create table lists (names varchar(10)[]); insert into lists values ('{a}'); create index on lists (names);`,
    sql: 'alter table lists alter names type text -- of no array',
  },
  {
    setup: `create domain ints as int[]; create table lists (ids ints); insert into lists values ('{1}'); create index on lists (ids);`,
    sql: 'alter table lists alter ids type int[]',
  },
  {
    setup: `create domain short as text check (length(value) < 10); create table words (a short); insert into words values ('a'); create index on words (a);`,
    sql: 'alter table words alter a type short -- as it was',
  },
  {
    setup: `create domain short as text; create table words (a short); insert into words values ('a'); create index on words (a);`,
    sql: 'alter table words alter a type text -- with an index',
  },
  ...['text', 'text check (length(value) < 9)'].map(base => ({
    setup: `${HIDDEN(`create domain hush as ${base}~`)} create table words (a text); insert into words values ('a');`,
    sql: `alter table words alter a type hush -- ${base}`,
  })),
  ...['drop type status_t', 'alter table orders drop column status', 'alter table users drop column id'].map(sql => ({
    setup: '',
    sql,
  })),
  {
    setup: `create policy own on orders using (user_id in (select id from users));`,
    sql: 'drop table users cascade',
  },
  {
    setup: `create sequence tickets; alter table nopk alter id set default nextval('tickets');`,
    sql: 'drop sequence tickets cascade',
  },
  {
    setup: `create table refs (id int primary key, event bigint, at timestamptz, kind int references items) partition by range (id);
      create table refs_all partition of refs default; alter table refs add foreign key (event, at) references events;`,
    sql: 'truncate events, items cascade',
  },
  {
    setup: `create table goods (id int primary key) partition by range (id); create table goods_all partition of goods default;`,
    sql: 'create table prices (id int primary key, good int references goods)',
  },
  {
    setup: `create trigger watch after insert on events for each statement execute function trg_fn();`,
    sql: 'alter table events disable trigger watch -- of statements',
  },
  {
    setup: `create trigger watch after insert on events for each statement execute function trg_fn();`,
    sql: 'drop trigger watch on events -- of statements',
  },
  {
    setup: '',
    sql: 'create trigger watch after insert on events for each statement execute function trg_fn()',
  },
  ...[
    "create table events_2027 partition of events for values from ('2027-01-01') to ('2028-01-01') -- that is referred to",
    'drop table events_2025 cascade',
    'alter table events detach partition events_2025 -- by a table with partitions',
    'insert into looks select id, at from events_2024',
    'select * from events_2025',
  ].map(sql => ({
    setup: `create table looks (event bigint, at timestamptz, foreign key (event, at) references events) partition by range (at);
      create table looks_all partition of looks default; insert into looks select id, at from events;`,
    sql,
  })),
  ...['drop table looks', 'alter table looks alter event type int'].map(sql => ({
    setup: `create table looks (event bigint, at timestamptz, foreign key (event, at) references events) partition by range (at);
      create table looks_all partition of looks default; insert into looks select id, at from events;`,
    sql,
  })),
  {
    setup: `alter table events add foreign key (user_id) references users;
      create table looks (event bigint, at timestamptz, foreign key (event, at) references events);`,
    sql: 'alter table events detach partition events_2025 concurrently -- both ends of keys',
    alone: true,
  },
  ...[
    'delete from users where id = 1000000 -- referred to by partitions',
    'delete from users where id = 7 -- referred to by partitions',
    'alter table events alter constraint events_user_id_fkey deferrable',
  ].map(sql => ({
    setup: 'alter table events add foreign key (user_id) references users;',
    sql,
  })),
  {
    setup: 'alter table events add foreign key (user_id) references users not valid;',
    sql: 'alter table events validate constraint events_user_id_fkey',
  },
  {
    setup: `create table plan (id int, day date) partition by range (day);
      create table plan_rest partition of plan default partition by range (id); create table plan_few partition of plan_rest default;
      insert into plan values (1, '2025-05-05');`,
    sql: "create table plan_2026 partition of plan for values from ('2026-01-01') to ('2027-01-01')",
  },
  {
    setup: `create table shards (id int) partition by hash (id); create table shard (id int); insert into shard values (1);`,
    sql: 'alter table shards attach partition shard for values with (modulus 1, remainder 0)',
  },
  ...[
    'alter table events alter id set not null',
    'alter table users alter age drop identity if exists',
    "insert into users (email) values ('a')",
    "insert into users (id, email) values (5000, 'a')",
    'alter table only events drop constraint events_pkey',
    'alter table inh_parent alter a set storage external',
    'alter table inh_parent alter a set compression pglz',
    "merge into inh_parent t using items s on t.id = s.id when matched then update set a = 'x'",
    "merge into events t using items s on t.id = s.id when matched then update set kind = 'x'",
  ].map(sql => ({ setup: '', sql })),
  ...['select * from inh_parent', 'select * from only inh_parent', 'select * from v_orders'].map(query => ({
    setup: `create view seen as ${query};`,
    sql: `lock table seen in share mode -- ${query}`,
  })),
  {
    setup: 'create view seen as select * from inh_parent;',
    sql: 'lock table only seen in share mode',
  },
  ...['', 'primary key'].map(key => ({
    setup: HIDDEN(`create table secret (a int ${key}); insert into secret values (1)~`),
    sql: `reindex table secret${key && ' -- with a key'}`,
    ...(key && { known: UNSEEN }),
  })),
  ...[
    "insert into inh_parent values (1000, 'a')",
    'alter table inh_parent alter id set not null',
    'drop table events_2025 cascade -- alone',
  ].map(sql => ({
    setup: '',
    sql,
  })),
  {
    setup: 'create unlogged table boss (id int primary key); create unlogged table team (id int references boss);',
    sql: 'alter table team set logged',
  },
  {
    setup: 'alter table events add foreign key (user_id) references users;',
    sql: 'drop table events_2025 -- with a key',
  },
  {
    setup: 'alter table events_2025 add foreign key (user_id) references users;',
    sql: 'alter table events detach partition events_2025 -- with a key of its own',
  },
  {
    setup: `create table looks (event bigint, at timestamptz, foreign key (event, at) references events) partition by range (at);
      create table looks_all partition of looks default;`,
    sql: 'alter table looks detach partition looks_all',
  },
  {
    setup: "create sequence tickets; alter table nopk alter id set default nextval('tickets');",
    sql: 'insert into nopk (a) values (1)',
  },
  {
    setup: 'create table looks (event bigint, at timestamptz, foreign key (event, at) references events);',
    sql: "create table events_2028 partition of events for values from ('2028-01-01') to ('2029-01-01') -- that is referred to",
  },
  { setup: '', sql: "update v_orders set status = 'x' where id = 1" },
  { setup: '', sql: 'alter table inh_parent drop constraint if exists nothing' },
  {
    setup: 'alter table events add foreign key (user_id) references users;',
    sql: 'alter table events disable trigger all -- with a key',
  },
  { setup: '', sql: 'alter table events disable trigger all -- without any' },
  { setup: '', sql: 'alter table inh_parent alter a drop identity if exists' },
  {
    setup:
      'create table tree (id int, day date, parent int, primary key (id, day)) partition by range (day); create table tree_1 partition of tree default; alter table tree add foreign key (parent, day) references tree;',
    sql: 'alter table tree detach partition tree_1',
  },
  { setup: '', sql: "insert into v_orders values (5000, 7, 'x')" },
  { setup: '', sql: "update only events set kind = 'x'" },
  {
    setup:
      "create table tree (id int, day date, parent int, primary key (id, day)) partition by range (day); create table tree_1 partition of tree default; create table tree_2 partition of tree for values from ('2024-01-01') to ('2025-01-01'); alter table tree add foreign key (parent, day) references tree;",
    sql: 'alter table tree detach partition tree_2 -- beside another',
  },
  {
    setup:
      'create view a as select id from users; create view b as select id from a; create or replace view a as select id from b;',
    sql: 'lock table a -- in a circle',
  },
  {
    setup: 'create trigger instead_of_it instead of update on v_orders for each row execute function trg_fn();',
    sql: "update v_orders set status = 'y' where id = 1",
  },
  {
    setup: "create schema kinds; create type kinds.mood as enum ('a'); create table moods (id int, mood kinds.mood);",
    sql: 'drop schema kinds cascade',
  },
  {
    setup: 'cluster orders using orders_note_idx;',
    sql: 'cluster -- what was clustered before',
    alone: true,
  },
  {
    setup: 'alter table events add foreign key (user_id) references users;',
    sql: 'drop table users cascade -- that partitions refer to',
  },
  ...['deferrable', 'not deferrable'].map(to => ({
    setup: 'alter table events add constraint owner foreign key (user_id) references users deferrable;',
    sql: `alter table events alter constraint owner ${to} -- of one that is`,
  })),
  {
    setup: `create policy own on orders using (true);`,
    sql: 'alter policy own on orders using (user_id in (select id from users))',
  },
  ...[
    'drop trigger watch on events',
    'alter trigger watch on events rename to seen',
    'alter table events disable trigger watch',
  ].map(sql => ({
    setup: `create trigger watch after insert on events for each row execute function trg_fn();`,
    sql,
  })),
  ...[
    'drop trigger watch on inh_parent',
    'alter trigger watch on inh_parent rename to seen',
    'alter table inh_parent disable trigger watch',
  ].map(sql => ({
    setup: `create trigger watch after insert on inh_parent for each row execute function trg_fn();`,
    sql,
  })),
  {
    setup: `create table pings (id int primary key, host bigint constraint known references users not enforced);`,
    sql: 'alter table pings alter constraint known enforced',
  },
  {
    setup: `create table pings (id int primary key, host bigint constraint known references users not enforced); insert into pings values (1, 1000000);`,
    sql: 'alter table pings alter constraint known enforced -- a row has no match',
  },
  {
    setup: `create table pings (id int primary key, host bigint constraint known references users);`,
    sql: 'alter table pings alter constraint known not enforced',
  },
  {
    setup: `create table pings (id int primary key, host bigint constraint known references users);`,
    sql: 'alter table pings alter constraint known deferrable',
  },
  {
    setup: `create table shops (id int, region int); create unique index shops_key on shops (region, id); create table tills (shop int, region int, foreign key (shop, region) references shops (id, region));`,
    sql: 'drop index shops_key cascade',
  },
  ...['alter table tags alter a drop not null', 'alter table tags alter b drop not null'].map(sql => ({
    setup: `create table tags (a int, b int not null); create table tags_old () inherits (tags);`,
    sql,
  })),
];

/** People and what is counted, seen and computed of them. */
const PEOPLE = `
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
insert into people select g, 'p' || g from generate_series(1, 100) g; insert into pets select g, g from generate_series(1, 100) g;`;

/** What stands behind a statement: views, triggers, functions, keys. */
const AMONG_PEOPLE: readonly string[] = [
  "insert into people values (1001, 'new')",
  'insert into people select id + 1000, name from people',
  'update people set id = 2000 where id = 100',
  'create table copies as select * from owners',
  'create function pet_names() returns setof text language sql as $$ select name from owners $$',
  'create function rename_pets() returns void language sql as $$ update pets set name = upper(name) $$',
  "select note('pets', 'vet')",
  'drop function count_people() cascade',
  'drop type address',
  'alter table people alter name type varchar(80)',
  'with gone as (delete from pets where id = 1 returning id) select id into lost from gone',
];

/** What they cost is predicted and measured, statement after statement. */
export const CASES: readonly Case[] = [
  ...IN_THE_SHOP.map(sql => ({ setup: SHOP, sql })),
  ...IN_THE_FIXTURE.map(sql => ({ setup: '', sql })),
  ...ALONE.map((sql): Case => ({ setup: '', sql, alone: true })),
  ...ELSEWHERE,
  ...AMONG_PEOPLE.map(sql => ({ setup: PEOPLE, sql })),
];
