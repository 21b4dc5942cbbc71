import { parentsOf } from '../../../src/catalog/edit.ts';
import { keyOf, type Table } from '../../../src/model/schema.ts';
import { n, quote, type Picks, type Template } from '../picks.ts';

const isKey = ({ type }: { readonly type: string }): boolean => type === 'primary-key' || type === 'unique';

function foreignKey(p: Picks, table: Table): string {
  const other = p.table();
  const key = p.one([...other.constraints.filter(isKey).map(c => c.columns), ['id']]);
  const own = p.some(table.columns, key.length).map(({ name }) => quote(name));
  const deferrable = p.maybe(8, 'deferrable initially deferred');
  const to = p.rarely(3) ? '' : ` (${key.map(quote).join(', ')})`;
  const action = p.maybe(4, `on delete ${p.one(['cascade', 'set null', 'restrict'])}`);
  return `add constraint ${p.fresh('fk')} foreign key (${own.join(', ')}) references ${n(other)}${to}${action}${deferrable}${p.maybe(3, 'not valid')}${p.maybe(15, 'not enforced')}`;
}

const columnsOf = (p: Picks, table: Table): string =>
  p
    .some(table.columns, 1 + p.int(2))
    .map(({ name }) => quote(name))
    .join(', ');

const on = (p: Picks, clause: (table: Table) => string): string => {
  const table = p.table();
  return `alter table ${n(table)} ${clause(table)}`;
};

/** A table that has a constraint of the kind, and the constraint's name. */
function having(p: Picks, type: (type: string) => boolean): { table: Table; name: string } {
  const table = p.one(p.catalog.relations.values().filter(t => t.constraints.some(c => type(c.type))));
  return { table, name: p.constraint(table, c => type(c.type)) };
}

/** One of the checks that a family of tables may have more than once. */
function shared(p: Picks): string {
  const family = p.catalog.relations.values().filter(t => p.catalog.children.has(keyOf(t)) || parentsOf(t).length > 0);
  const table = p.one(family);
  const column = p.column(table).name;
  return `alter table ${n(table)} add constraint ${quote(`shared_${column}`)} check (${quote(column)} is not null)${p.maybe(4, 'not valid')}${p.maybe(15, 'no inherit')}`;
}

const any = (): boolean => true;

export const constraints: readonly Template[] = [
  [14, p => on(p, t => foreignKey(p, t))],
  [4, p => on(p, t => `add${p.maybe(2, `constraint ${p.fresh('key')}`)} unique (${columnsOf(p, t)})`)],
  [1, p => on(p, t => `add constraint ${p.fresh('key')} unique (id, ${columnsOf(p, t)})${p.maybe(3, 'deferrable')}`)],
  [5, p => on(p, t => `add primary key (${columnsOf(p, t)})`)],
  [2, p => on(p, () => `add constraint ${p.fresh('pk')} primary key (id)`)],
  [1, p => on(p, t => `add constraint ${p.fresh('excl')} exclude using btree (${columnsOf(p, t)} with =)`)],
  [
    2,
    p => {
      const { index, table } = p.index(index => index.unique && index.constraint === null);
      return `alter table ${n(table)} add constraint ${p.fresh('adopted')} ${p.one(['unique', 'primary key'])} using index ${quote(index.name)}`;
    },
  ],
  [1, p => on(p, t => `add constraint ${p.fresh('nn')} not null ${quote(p.column(t).name)}${p.maybe(3, 'not valid')}`)],
  [3, shared],
  [
    9,
    p => {
      const { table, name } = having(p, any);
      return `alter table ${n(table)} drop constraint${p.maybe(3, 'if exists')} ${name}${p.maybe(4, 'cascade')}`;
    },
  ],
  [
    4,
    p => {
      const { table, name } = having(p, type => type === 'check' || type === 'foreign-key');
      return `alter table ${n(table)} validate constraint ${name}`;
    },
  ],
  [
    2,
    p => {
      const { table, name } = having(p, any);
      return `alter table ${n(table)} rename constraint ${name} to ${p.fresh('renamed')}`;
    },
  ],
  [
    2,
    p => {
      const { table, name } = having(p, type => type === 'foreign-key');
      return `alter table ${n(table)} alter constraint ${name} ${p.one(['deferrable', 'not deferrable', 'deferrable initially deferred', 'not enforced', 'enforced'])}`;
    },
  ],
  [
    3,
    p => {
      const { table } = having(p, type => type === 'foreign-key');
      const [fk] = table.constraints.filter(c => c.references);
      const target = fk?.references ? p.catalog.relations.get(keyOf(fk.references)) : undefined;
      return `${p.one(['drop table', 'truncate'])} ${n(target ?? table)}${p.maybe(2, 'cascade')}`;
    },
  ],
];
