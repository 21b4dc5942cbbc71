import type { GeneratorValue } from 'fast-check';
import type { Catalog } from '../../src/model/schema.ts';
import { Nothing, n, Picks, type Template } from './picks.ts';
import { columns } from './statements/columns.ts';
import { constraints } from './statements/constraints.ts';
import { indexes, indexOn } from './statements/indexes.ts';
import { programs } from './statements/programs.ts';
import { rows } from './statements/rows.ts';
import { server } from './statements/server.ts';
import { tables } from './statements/tables.ts';
import { types } from './statements/types.ts';

/** Weights are the statements' shares in public migrations, the rare ones lifted so that they are tried at all. */
const IN_BLOCK: readonly Template[] = [
  ...columns,
  ...constraints,
  ...indexes,
  ...tables,
  ...rows,
  ...programs,
  ...types,
  ...server,
];

/** What refuses a transaction block. */
const ALONE: readonly Template[] = [
  [8, p => `create${p.maybe(4, 'unique')} index concurrently ${indexOn(p, true)}`],
  [4, p => `drop index concurrently ${p.index(i => i.constraint === null).sql}`],
  [2, p => `reindex index concurrently ${p.index().sql}`],
  [2, p => `reindex table concurrently ${n(p.table())}`],
  [1, p => `reindex table ${n(p.table())}`],
  [1, p => `reindex schema ${p.one(['public', 'store'])}`],
  [3, p => `vacuum ${p.one(['', '(analyze) ', 'full '])}${n(p.table())}`],
  [1, () => 'vacuum'],
  [1, () => 'cluster'],
  [
    3,
    p => {
      const { parent, partition } = p.partition();
      return `alter table ${n(parent)} detach partition ${n(partition)} concurrently`;
    },
  ],
];

function write(templates: readonly Template[], value: GeneratorValue, catalog: Catalog): string {
  const picks = new Picks(value, catalog);
  for (;;) {
    const [, template] = picks.weighted(templates);
    try {
      return template(picks);
    } catch (error) {
      if (!(error instanceof Nothing)) throw error;
    }
  }
}

/** A statement that suits the schema, most of the time. */
export const randomStatement = (value: GeneratorValue, catalog: Catalog): string => write(IN_BLOCK, value, catalog);

/** The same for one that runs outside a transaction block. */
export const randomAlone = (value: GeneratorValue, catalog: Catalog): string => write(ALONE, value, catalog);
