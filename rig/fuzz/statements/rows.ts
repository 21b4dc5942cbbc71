import { n, quote, type Picks, type Template } from '../picks.ts';
import { condition, valueFor } from '../values.ts';

function insert(p: Picks): string {
  const [table, other] = p.pair();
  const column = p.column(table);
  const name = quote(column.name);
  const wrote = `insert into ${n(table)} (${name})`;
  return p.one([
    `${wrote} values (${valueFor(column.type, p)})`,
    `${wrote} values (${valueFor(column.type, p)}) on conflict do nothing`,
    `${wrote} select ${valueFor(column.type, p)} from ${n(other)}`,
    `${wrote} select ${name} from ${n(other)} where false`,
    `insert into ${n(table)} default values`,
  ]);
}

function update(p: Picks): string {
  const [table, other] = p.pair();
  const column = p.column(table);
  const set = `update ${p.rarely(15) ? 'only ' : ''}${n(table)} set ${quote(column.name)} = `;
  const where = p.rarely(3) ? '' : ` where ${condition(p.column(table), p)}`;
  return p.one([
    `${set}${valueFor(column.type, p)}${where}`,
    `${set}${quote(column.name)}${where}`,
    `${set}default${where}`,
    `${set}${valueFor(column.type, p)} from ${n(other)} o where false`,
    `${set}(select ${valueFor(column.type, p)} from ${n(other)} limit 1)${where}`,
  ]);
}

function remove(p: Picks): string {
  const [table, other] = p.pair();
  const from = `delete from ${n(table)}`;
  return p.one([
    from,
    `${from} where ${condition(p.column(table), p)}`,
    `${from} using ${n(other)} o where false`,
    `${from} where exists (select from ${n(other)} o where o.${quote(p.column(other).name)} is null)`,
  ]);
}

/** What is often guarded by a DO block. */
function block(p: Picks): string {
  const table = p.table();
  const column = quote(p.column(table).name);
  const change = p.one([
    `alter table ${n(table)} add constraint ${p.fresh('done')} check (${condition(p.column(table), p)});`,
    `alter table ${n(table)} add column ${p.fresh('done')} int;`,
    `create type ${p.fresh('kind')} as enum ('a');`,
  ]);
  const body = p.one([`update ${n(table)} set ${column} = ${column};`, `perform 1 from ${n(table)};`]);
  return p.one([
    `do $$ begin ${change} exception when duplicate_object then null; end $$`,
    `do $$ begin ${change} ${body} end $$`,
    `do $$ begin if not exists (select from ${n(table)}) then ${body} end if; end $$`,
  ]);
}

export const rows: readonly Template[] = [
  [10, insert],
  [10, update],
  [5, remove],
  [4, block],
  [2, p => `select ${quote(p.column(p.table()).name)} from ${n(p.table())}`],
  [1, p => `select * from ${n(p.table())} for update`],
  [1, p => `with moved as (delete from ${n(p.table())} where false returning *) select count(*) from moved`],
  [1, p => `select setval('numbers', ${1 + p.int(9)})`],
  [1, p => `analyze ${n(p.table())}`],
  [
    1,
    p => {
      const [table, other] = p.pair();
      return `merge into ${n(table)} t using ${n(other)} o on t.id = o.id when matched then do nothing`;
    },
  ],
];
