import type { Area, Entry } from '../entry.ts';

/** A column of products changes its type; with an index, from `sku varchar(20)`. */
function change(from: string, to: string, more: { using?: string; setting?: string; as?: string } = {}): Entry {
  const name = (type: string): string =>
    type
      .toLowerCase()
      .replace(/\[\]/g, ' array')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/-$/, '');
  const { using, setting, as } = more;
  return {
    id: `type-${name(from)}-to-${name(to)}${as === undefined ? '' : `-${as}`}`,
    where: `size is ${from}${setting === undefined ? '' : ` and the session’s ${setting.replace('set ', '')}`}`,
    setup: `alter table products add column size ${from}`,
    sql: `alter table products alter size type ${to}${using === undefined ? '' : ` using ${using}`}`,
    ...(setting === undefined ? {} : { setting }),
  };
}

/** Types that the entries need besides those of the shop. */
const withType = (setup: string, entry: Entry): Entry => ({ ...entry, setup: `${setup}; ${entry.setup ?? ''}` });

/** ALTER COLUMN TYPE of a column without dependent indexes, constraints and views. */
export const typeChanges: Area = {
  id: 'types',
  title: 'Changing the type of a column',
  text: 'A type change needs no rewrite if the stored values stay valid: the types are binary coercible, or a length limit only grows. Any other change rewrites the table and its indexes.',
  entries: [
    change('varchar(20)', 'varchar(20)'),
    change('varchar(20)', 'varchar(50)'),
    change('varchar(20)', 'varchar'),
    change('varchar(20)', 'text'),
    change('varchar(20)', 'varchar(10)'),
    change('text', 'varchar'),
    change('text', 'varchar(20)'),
    change('char(8)', 'char(16)'),
    change('char(8)', 'varchar(8)'),
    change('char(8)', 'text'),
    change('varchar(20)', 'char(20)'),
    change('smallint', 'int'),
    change('int', 'bigint'),
    change('bigint', 'int'),
    change('int', 'numeric'),
    change('numeric(10,2)', 'numeric(12,2)'),
    change('numeric(10,2)', 'numeric'),
    change('numeric(10,2)', 'numeric(8,2)'),
    change('numeric(10,2)', 'numeric(12,4)'),
    change('numeric(10,2)', 'int'),
    change('real', 'double precision'),
    change('timestamp(3)', 'timestamp(6)'),
    change('timestamp(3)', 'timestamp'),
    change('timestamp', 'timestamp(3)'),
    change('timestamp', 'timestamptz', { setting: `set timezone = 'UTC'`, as: 'utc' }),
    change('timestamp', 'timestamptz', { setting: `set timezone = 'Europe/Oslo'`, as: 'oslo' }),
    change('timestamptz', 'timestamp', { setting: `set timezone = 'UTC'`, as: 'utc' }),
    change('timestamp', 'timestamptz', { using: `size at time zone 'UTC'`, as: 'using' }),
    change('date', 'timestamp'),
    change('interval(3)', 'interval(6)'),
    change('varbit(8)', 'varbit(16)'),
    change('cidr', 'inet'),
    change('inet', 'cidr'),
    change('json', 'jsonb'),
    change('text', 'jsonb', { using: 'size::jsonb' }),
    change('text', 'uuid', { using: 'size::uuid' }),
    change('text', 'bytea', { using: 'size::bytea' }),
    change('xml', 'text'),
    change('int', 'oid'),
    change('text', 'order_status', { using: 'size::order_status' }),
    change('order_status', 'text'),
    change('int[]', 'bigint[]'),
    change('varchar(20)[]', 'text[]'),
    change('text', 'phone_number'),
    change('phone_number', 'text'),
    change('int', 'percentage'),
    change('percentage', 'int'),
    change('text', 'text collate "POSIX"'),
    change('varchar(20)', 'varchar(50)', { using: 'size', as: 'using-itself' }),
    change('varchar(20)', 'text', { using: 'lower(size)', as: 'using-function' }),
    withType(`create type order_state as enum ('new', 'paid', 'sent')`, {
      ...change('order_status', 'order_state', { using: 'size::text::order_state' }),
    }),
  ],
};

const check = "alter table products add constraint sku_set check (sku <> '')";
const noIndex = 'drop index products_sku_idx';

/** ALTER COLUMN TYPE of a column with dependents. */
export const typesAndMore: Area = {
  id: 'types-with-dependents',
  title: 'Changing the type of a column with dependents',
  text: 'Even without a rewrite, checks are verified again, and indexes on expressions or with a predicate are rebuilt.',
  entries: [
    {
      id: 'type-grow-indexed',
      where: 'sku is varchar(20), and indexed',
      sql: 'alter table products alter sku type varchar(50)',
    },
    {
      id: 'type-text-indexed',
      where: 'sku is varchar(20), and indexed',
      sql: 'alter table products alter sku type text',
    },
    {
      id: 'type-collation-indexed',
      where: 'sku is varchar(20), and indexed',
      sql: 'alter table products alter sku type text collate "POSIX"',
    },
    {
      id: 'type-rewrite-indexed',
      where: 'sku is varchar(20), and indexed',
      sql: 'alter table products alter sku type varchar(10)',
    },
    {
      id: 'type-grow-unique',
      where: 'sku is varchar(20), and unique',
      setup: `${noIndex}; alter table products add unique (sku)`,
      sql: 'alter table products alter sku type varchar(50)',
    },
    {
      id: 'type-grow-expression-index',
      where: 'sku is varchar(20), and an index is on lower(sku)',
      setup: `${noIndex}; create index products_sku_lower_idx on products (lower(sku))`,
      sql: 'alter table products alter sku type varchar(50)',
    },
    {
      id: 'type-grow-partial-index',
      where: 'sku is varchar(20), and in the predicate of an index',
      setup: `${noIndex}; create index products_sold_idx on products (id) where sku <> ''`,
      sql: 'alter table products alter sku type varchar(50)',
    },
    {
      id: 'type-grow-checked',
      where: 'sku is varchar(20), and in a check',
      setup: check,
      sql: 'alter table products alter sku type varchar(50)',
    },
    {
      id: 'type-grow-statistics',
      where: 'sku is varchar(20), and in extended statistics',
      setup: 'create statistics products_sku on sku, name from products',
      sql: 'alter table products alter sku type varchar(50)',
    },
    {
      id: 'type-referencing',
      where: 'order_id is bigint, and a foreign key to a bigint',
      sql: 'alter table order_lines alter order_id type int',
    },
    {
      id: 'type-referencing-int',
      where: 'order_id is int, and a foreign key to a bigint',
      setup:
        'create table parcels (order_id int references orders (id)); insert into parcels select g from generate_series(1, 1000) g; analyze parcels',
      sql: 'alter table parcels alter order_id type bigint',
    },
    {
      id: 'type-referenced',
      where: 'id is int, and a foreign key of parcels refers to it',
      setup:
        'create table parcels (product_id int references products (id)); insert into parcels select g from generate_series(1, 1000) g; analyze parcels',
      sql: 'alter table products alter id type bigint',
    },
    {
      id: 'type-grow-referencing',
      where: 'both columns of the foreign key are varchar(20)',
      setup:
        'create table shelves (code varchar(20) primary key); create table boxes (shelf varchar(20) references shelves (code))',
      sql: 'alter table boxes alter shelf type varchar(50)',
    },
    {
      id: 'type-partitioned',
      where: 'amount is numeric(10,2)',
      sql: 'alter table payments alter amount type numeric(12,2)',
    },
    {
      id: 'type-partitioned-rewrite',
      where: 'amount is numeric(10,2)',
      sql: 'alter table payments alter amount type numeric(12,4)',
    },
    { id: 'type-inherited', where: 'title is text', sql: 'alter table documents alter title type varchar(20)' },
    { id: 'type-viewed', where: 'a view reads the column', sql: 'alter table orders alter status type text' },
    {
      id: 'type-generated',
      where: 'a generated column reads the column',
      setup: 'alter table products add column taxed numeric generated always as (price * 1.2) stored',
      sql: 'alter table products alter price type numeric',
    },
    {
      id: 'type-in-policy',
      where: 'a policy reads the column',
      setup: 'drop view open_orders; drop materialized view sales',
      sql: 'alter table orders alter customer_id type numeric',
    },
    {
      id: 'type-in-trigger',
      where: 'the condition of a trigger reads the column',
      setup:
        'create trigger priced before update on products for each row when (new.price <> old.price) execute function stamp()',
      sql: 'alter table products alter price type numeric',
    },
    {
      id: 'types-at-once',
      where: 'several columns change in one statement',
      sql: 'alter table products alter stock type bigint, alter price type numeric(12,4), add column colour text',
    },
  ],
};
