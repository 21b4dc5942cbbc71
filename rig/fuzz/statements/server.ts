import { n, quote, type Template } from '../picks.ts';

export const server: readonly Template[] = [
  [5, p => `grant ${p.one(['select', 'all', 'insert, update'])} on ${n(p.table())} to reader`],
  [1, p => `revoke all on ${n(p.table())} from reader`],
  [1, p => `grant usage on sequence ${n(p.relation('sequence'))} to reader`],
  [1, p => `grant select on all tables in schema ${p.one(['public', 'store'])} to reader`],
  [2, p => `comment on table ${n(p.table())} is 'x'`],
  [
    3,
    p => {
      const table = p.table();
      return `comment on column ${n(table)}.${quote(p.column(table).name)} is 'x'`;
    },
  ],
  [1, p => `comment on index ${p.index().sql} is 'x'`],
  [
    1,
    p => {
      const table = p.one(p.catalog.relations.values().filter(t => t.constraints.length > 0));
      return `comment on constraint ${quote(p.one(table.constraints).name)} on ${n(table)} is 'x'`;
    },
  ],
  [1, p => `comment on view ${n(p.relation('view'))} is 'x'`],
  [1, p => `create sequence ${p.fresh('counter')}${p.maybe(3, 'as int')}`],
  [
    3,
    p => {
      const table = p.table();
      return `alter sequence ${n(p.relation('sequence'))} ${p.one([
        'restart',
        'increment by 2',
        'cache 5',
        'owned by none',
        `owned by ${n(table)}.${quote(p.column(table).name)}`,
        `rename to ${p.fresh('renamed')}`,
        'set schema store',
        'owner to reader',
      ])}`;
    },
  ],
  [1, p => `drop sequence ${n(p.relation('sequence'))}${p.maybe(2, 'cascade')}`],
  [1, p => `create publication ${p.fresh('feed')} for table ${n(p.table())}`],
  [1, p => `alter publication feed ${p.one(['add', 'drop'])} table ${n(p.table())}`],
  [1, () => 'drop publication feed'],
  [1, p => `create schema ${p.fresh('room')}`],
  [1, p => `drop schema ${p.one(['store', 'store'])}${p.maybe(2, 'cascade')}`],
  [1, p => `alter schema store rename to ${p.fresh('room')}`],
  [1, p => `alter default privileges in schema public grant select on tables to ${p.one(['reader'])}`],
  [
    1,
    p =>
      `set ${p.one(['local ', ''])}${p.one(["lock_timeout = '1s'", "statement_timeout = '60s'", "timezone = 'UTC'"])}`,
  ],
];
