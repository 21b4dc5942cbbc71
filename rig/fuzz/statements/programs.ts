import { n, quote, type Picks, type Template } from '../picks.ts';
import { condition } from '../values.ts';
import type { Table } from '../../../src/model/schema.ts';

const having = (p: Picks, fits: (table: Table) => boolean): Table => p.one(p.catalog.relations.values().filter(fits));

const readable = (p: Picks): Table => p.relation('table', 'partitioned-table', 'view', 'materialized-view');

function query(p: Picks): string {
  const [a, b] = [readable(p), readable(p)];
  return p.one([
    () => `select * from ${n(a)}`,
    () => `select ${quote(p.column(a).name)} as picked from ${n(a)} where ${condition(p.column(a), p)}`,
    () => `select count(*) as many from ${n(a)}, ${n(b)} b`,
    () => `select a.${quote(p.column(a).name)} as picked from ${n(a)} a where exists (select from ${n(b)})`,
  ])();
}

function trigger(p: Picks): string {
  const table = p.table();
  const when = p.one(['before', 'after']);
  const event = p.one(['insert', 'update', 'delete', 'insert or update', `update of ${quote(p.column(table).name)}`]);
  const level = p.one(['row', 'row', 'statement']);
  return `create${p.maybe(8, 'or replace')} trigger ${p.fresh('touched')} ${when} ${event} on ${n(table)} for each ${level} execute ${p.one(['function', 'procedure'])} touch()`;
}

export const programs: readonly Template[] = [
  [4, p => `create${p.maybe(3, 'or replace')} view ${p.fresh('seen')} as ${query(p)}`],
  [1, p => `create or replace view ${n(p.relation('view'))} as ${query(p)}`],
  [2, p => `create materialized view ${p.fresh('kept')} as ${query(p)}${p.maybe(4, 'with no data')}`],
  [
    2,
    p =>
      `refresh materialized view ${p.maybe(3, 'concurrently').trim()} ${n(p.relation('materialized-view'))}${p.maybe(6, 'with no data')}`.replace(
        '  ',
        ' ',
      ),
  ],
  [2, p => `drop view${p.maybe(3, 'if exists')} ${n(p.relation('view'))}${p.maybe(3, 'cascade')}`],
  [1, p => `drop materialized view ${n(p.relation('materialized-view'))}${p.maybe(3, 'cascade')}`],
  [1, p => `alter view ${n(p.relation('view'))} rename to ${p.fresh('renamed')}`],
  [1, p => `alter materialized view ${n(p.relation('materialized-view'))} rename to ${p.fresh('renamed')}`],
  [1, p => `alter view ${n(p.relation('view'))} set schema store`],
  [1, p => `alter view ${n(p.relation('view'))} owner to reader`],
  [
    1,
    p =>
      `alter materialized view ${n(p.relation('materialized-view'))} ${p.one(['owner to reader', 'set schema store', 'set (fillfactor = 80)'])}`,
  ],
  [7, trigger],
  [
    1,
    p =>
      `create trigger ${p.fresh('quiet')} before update on ${n(p.table())} for each row execute function suppress_redundant_updates_trigger()`,
  ],
  [
    3,
    p => {
      const table = having(p, t => t.triggers.length > 0);
      const name = quote(p.one(table.triggers).name);
      return p.one([
        `drop trigger ${name} on ${n(table)}`,
        `drop trigger if exists ${name} on ${n(table)} cascade`,
        `alter table ${n(table)} disable trigger ${name}`,
        `alter table ${n(table)} enable trigger ${name}`,
        `alter trigger ${name} on ${n(table)} rename to ${p.fresh('renamed')}`,
      ]);
    },
  ],
  [2, p => `alter table ${n(p.table())} ${p.one(['disable', 'enable'])} trigger ${p.one(['all', 'user'])}`],
  [
    3,
    p => {
      const table = p.table();
      return `create policy ${p.fresh('policy')} on ${n(table)} using (${p.one([condition(p.column(table), p), `exists (select from ${n(p.table())})`])})`;
    },
  ],
  [
    1,
    p => {
      const table = having(p, t => t.policies.length > 0);
      const name = quote(p.one(table.policies).name);
      return p.one([
        `drop policy ${name} on ${n(table)}`,
        `alter policy ${name} on ${n(table)} using (true)`,
        `alter policy ${name} on ${n(table)} rename to ${p.fresh('renamed')}`,
      ]);
    },
  ],
  [2, p => `alter table ${n(p.table())} ${p.one(['enable', 'disable', 'force', 'no force'])} row level security`],
  [
    1,
    p =>
      `create rule ${p.fresh('rule')} as on ${p.one(['update', 'delete'])} to ${n(p.table())} do ${p.one(['instead', 'also'])} nothing`,
  ],
  [
    1,
    p => {
      const table = having(p, t => t.rules.length > 0);
      return `drop rule ${quote(p.one(table.rules))} on ${n(table)}`;
    },
  ],
  [
    2,
    p =>
      `create or replace function touch() returns trigger language plpgsql as $$ begin return ${p.one(['new', 'old'])}; end $$`,
  ],
  [
    2,
    p =>
      `create function ${p.fresh('routine')}() returns int language ${p.one(["sql as 'select 1'", "plpgsql as 'begin return 1; end'"])}`,
  ],
  [
    2,
    p => {
      const routine = p.one(p.catalog.routines.values().flat());
      const types = routine.arguments.map(({ name }) => name).join(', ');
      return `alter function ${n(routine)}${p.maybe(2, `(${types})`).trim()} ${p.one([
        'set schema store',
        `rename to ${p.fresh('renamed')}`,
        p.one(['volatile', 'stable', 'immutable']),
      ])}`;
    },
  ],
  [1, p => `drop function ${p.one(['touch', 'label', 'tally', 'lot', 'today', 'doubled'])}${p.maybe(2, 'cascade')}`],
];
