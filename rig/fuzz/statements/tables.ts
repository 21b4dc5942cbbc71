import { n, quote, type Picks, type Template } from '../picks.ts';
import { condition, typeName } from '../values.ts';

const cascade = (p: Picks): string => p.one(['', '', ' cascade', ' restrict']);

function created(p: Picks): string {
  const name = p.fresh('made');
  const [a, b] = p.pair();
  const key = quote(p.column(a).name);
  return p.one([
    () => `create table ${name} (id bigint primary key, kind ${typeName(p)}, note ${typeName(p)} not null)`,
    () => `create table ${name} (id bigserial primary key, other bigint references ${n(a)}${p.maybe(3, '(id)')})`,
    () => `create table${p.maybe(2, 'if not exists')} ${name} (id int, check (id > 0), unique (id))`,
    () =>
      `create table ${name} (a bigint references ${n(a)} on delete cascade, b bigint references ${n(b)}, primary key (a, b))`,
    () => `create table ${name} (x bigint, foreign key (x) references ${n(a)} (${key}))`,
    () => `create table ${name} as select * from ${n(a)}${p.maybe(4, 'where false')}${p.maybe(4, 'with no data')}`,
    () => `create table ${name} (like ${n(a)}${p.maybe(2, 'including all')})`,
    () => `create table ${name} () inherits (${n(a)})`,
    () => `create table ${name} (id bigint) partition by ${p.one(['range', 'list', 'hash'])} (id)`,
    () => `create temp table ${name} (id bigint, x ${typeName(p)})`,
    () => `create unlogged table store.${name} (id bigint primary key)`,
  ])();
}

function partitionStatements(p: Picks): string {
  const { parent, partition } = p.partition();
  const from = p.one([2000, 3000, 4000, 5000, 500]);
  const bound = p.one([
    `for values from (${from}) to (${from + 500})`,
    `for values in ('${p.one(['new', 'old', 'x'])}')`,
    'default',
    `for values with (modulus 4, remainder ${p.int(4)})`,
  ]);
  return p.one([
    () => `create table ${p.fresh('part')} partition of ${n(parent)} ${bound}`,
    () => `create table ${p.fresh('part')} partition of ${n(parent)} ${bound}`,
    () => `alter table ${n(parent)} detach partition ${n(partition)}`,
    () => `alter table ${n(parent)} detach partition ${n(partition)}`,
    () => `alter table ${n(parent)} attach partition ${n(p.table())} ${bound}`,
    () => `drop table ${n(partition)}${cascade(p)}`,
    () => `truncate ${n(partition)}`,
    () => `alter table ${n(partition)} rename to ${p.fresh('renamed')}`,
  ])();
}

/** A table as another is: so that it can become its child or partition. */
const alike = (p: Picks): string => {
  const parent = p.one(p.catalog.relations.values().filter(t => t.partitioning !== null || t.kind === 'table'));
  return `create table ${p.fresh('alike')} (like ${n(parent)} including ${p.one(['all', 'defaults', 'constraints'])})`;
};

export const tables: readonly Template[] = [
  [22, created],
  [2, alike],
  [12, partitionStatements],
  [6, p => `drop table${p.maybe(3, 'if exists')} ${n(p.table())}${cascade(p)}`],
  [
    1,
    p =>
      `drop table ${p
        .some(
          p.catalog.relations.values().filter(t => t.kind === 'table'),
          2,
        )
        .map(n)
        .join(', ')}`,
  ],
  [4, p => `alter table ${n(p.table())} rename to ${p.fresh('renamed')}`],
  [2, p => `alter table ${n(p.table())} set schema ${p.one(['store', 'public'])}`],
  [1, p => `alter table ${n(p.table())} set ${p.one(['logged', 'unlogged'])}`],
  [1, p => `alter table ${n(p.table())} set tablespace pg_default`],
  [1, p => `alter table ${n(p.table())} set access method heap`],
  [2, p => `alter table ${n(p.table())} set (${p.one(['fillfactor = 70', 'autovacuum_enabled = false'])})`],
  [1, p => `alter table ${n(p.table())} reset (fillfactor)`],
  [2, p => `alter table ${n(p.table())} owner to ${p.one(['reader', 'postgres', 'current_user'])}`],
  [1, p => `alter table ${n(p.table())} replica identity ${p.one(['full', 'nothing', 'default'])}`],
  [1, p => `alter table ${n(p.table())} set without cluster`],
  [1, p => `alter table ${n(p.table())} inherit ${n(p.table())}`],
  [
    2,
    p => {
      const child = p.one(p.catalog.relations.values().filter(t => t.inherits.length > 0));
      const parent = p.catalog.relations.get(child.inherits[0] ?? '');
      return `alter table ${n(child)} no inherit ${n(parent ?? child)}`;
    },
  ],
  [3, p => `truncate ${n(p.table())}${p.maybe(3, 'restart identity')}${cascade(p)}`],
  [1, p => `truncate ${p.pair().map(n).join(', ')}`],
  [
    2,
    p =>
      `lock table ${p.maybe(4, 'only').trim()} ${n(p.rarely(6) ? p.relation('view') : p.table())}${p.one(['', ' in share mode', ' in access share mode', ' in share row exclusive mode'])}`.replace(
        '  ',
        ' ',
      ),
  ],
  [
    1,
    p => {
      const table = p.table();
      return `create statistics ${p.fresh('stat')} on ${p
        .some(table.columns, 2)
        .map(({ name }) => quote(name))
        .join(', ')} from ${n(table)}`;
    },
  ],
  [
    1,
    p => {
      const table = p.one(p.catalog.relations.values().filter(t => t.statistics.length > 0));
      return `drop statistics ${n({ schema: table.schema, name: p.one(table.statistics).name })}`;
    },
  ],
  [
    1,
    p => {
      const table = p.table();
      return `alter table ${n(table)} add check (${condition(p.column(table), p)}), add check (${condition(p.column(table), p)})`;
    },
  ],
];
