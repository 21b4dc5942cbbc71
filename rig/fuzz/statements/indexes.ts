import type { Table } from '../../../src/model/schema.ts';
import { n, quote, type Picks, type Template } from '../picks.ts';
import { condition, expression } from '../values.ts';

const element = (p: Picks, table: Table): string => {
  const column = p.column(table);
  if (p.rarely(6)) return expression(column, p).replace(/^(.*)$/, '($1)');
  return quote(column.name) + p.one(['', '', '', '', ' desc', ' nulls first', ' desc nulls last']);
};

/** What follows CREATE INDEX. */
export function indexOn(p: Picks, named: boolean): string {
  const table = p.rarely(12) ? p.relation('materialized-view') : p.table();
  const elements = Array.from({ length: 1 + p.int(3) }, () => element(p, table)).join(', ');
  const method = p.one(['', '', '', '', '', 'using btree ', 'using hash ', 'using gin ', 'using brin ']);
  const include = p.rarely(10) ? ` include (${quote(p.column(table).name)})` : '';
  const where = p.rarely(6) ? ` where ${condition(p.column(table), p)}` : '';
  const name = named || !p.rarely(3) ? `${p.maybe(5, 'if not exists')} ${p.fresh('idx')}`.trim() : '';
  const only = p.rarely(20) ? 'only ' : '';
  return `${name} on ${only}${n(table)} ${method}(${elements})${include}${where}`.trim();
}

export const indexes: readonly Template[] = [
  [24, p => `create${p.maybe(5, 'unique')} index ${indexOn(p, false)}`],
  [8, p => `drop index${p.maybe(3, 'if exists')} ${p.index(i => i.constraint === null).sql}${p.maybe(8, 'cascade')}`],
  [1, p => `drop index ${p.index().sql}`],
  [2, p => `alter index ${p.index().sql} rename to ${p.fresh('renamed')}`],
  [1, p => `alter table ${p.index().sql} rename to ${p.fresh('renamed')}`],
  [1, p => `alter index ${p.index().sql} set (fillfactor = 80)`],
  [1, p => `alter index ${p.index().sql} set tablespace pg_default`],
  [1, p => `alter index ${p.index().sql} alter column 1 set statistics 10`],
  [2, p => `reindex index ${p.index().sql}`],
  [2, p => `reindex table ${n(p.relation('table', 'materialized-view'))}`],
  [
    1,
    p => {
      const { index, table } = p.index((_, t) => t.partitioning !== null);
      const child = p.index((other, t) => t.partitionOf !== null && String(other.columns) === String(index.columns));
      return `alter index ${n({ schema: table.schema, name: index.name })} attach partition ${child.sql}`;
    },
  ],
  [
    1,
    p => {
      const { index, table } = p.index();
      return p.one([
        `alter table ${n(table)} cluster on ${quote(index.name)}`,
        `alter table ${n(table)} replica identity using index ${quote(index.name)}`,
        `cluster ${n(table)} using ${quote(index.name)}`,
      ]);
    },
  ],
];
