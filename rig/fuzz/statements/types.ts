import type { Type } from '../../../src/model/schema.ts';
import { n, quote, type Picks, type Template } from '../picks.ts';
import { typeName } from '../values.ts';

const type = (p: Picks, kind: Type['kind']): Type => p.one(p.catalog.types.values().filter(t => t.kind === kind));

export const types: readonly Template[] = [
  [3, p => `create type ${p.fresh('kind')} as enum ('one', 'two')`],
  [
    4,
    p =>
      `alter type ${n(type(p, 'enum'))} add value${p.maybe(3, 'if not exists')} ${p.one(["'fair'", "'good'", "'three'"])}${p.maybe(6, "before 'good'")}`,
  ],
  [
    1,
    p => {
      const found = type(p, 'enum');
      return `alter type ${n(found)} rename value '${p.one(found.labels)}' to 'label_${p.int(99)}'`;
    },
  ],
  [1, p => `alter type ${n(p.one(p.catalog.types.values()))} rename to ${p.fresh('renamed')}`],
  [1, p => `alter type ${n(p.one(p.catalog.types.values()))} set schema store`],
  [1, p => `drop type ${n(p.one(p.catalog.types.values()))}${p.maybe(2, 'cascade')}`],
  [
    1,
    p =>
      `create domain ${p.fresh('domain')} as ${p.one(['text', 'int', 'varchar(40)', 'bigint'])}${p.maybe(2, 'not null')}`,
  ],
  [1, p => `create type ${p.fresh('pair')} as (a int, b ${typeName(p)})`],
  [
    3,
    p => {
      const domain = type(p, 'domain');
      const check = domain.constraints.length > 0 ? p.one(domain.constraints).name : 'missing';
      const numeric = domain.base?.name === 'numeric';
      return `alter domain ${n(domain)} ${p.one([
        `add constraint ${p.fresh('limit')} check (${numeric ? 'value < 100000' : 'length(value::text) < 400'})${p.maybe(3, 'not valid')}`,
        'set not null',
        'drop not null',
        `set default ${numeric ? '1' : "'x'"}`,
        'drop default',
        `drop constraint ${quote(check)}`,
        `validate constraint ${quote(check)}`,
      ])}`;
    },
  ],
  [
    2,
    p => {
      const found = type(p, 'composite');
      return `alter type ${n(found)} ${p.one([
        `add attribute ${p.fresh('part')} ${typeName(p)}${p.maybe(3, 'cascade')}`,
        'drop attribute x',
        'alter attribute y type varchar(30)',
        `rename attribute y to ${p.fresh('part')}`,
      ])}`;
    },
  ],
];
