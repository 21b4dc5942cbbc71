import { analyzeMigration } from '../../src/analysis/analyze-migration.ts';
import { emptyCatalog } from '../../src/catalog/empty.ts';
import type { Cost, CostOf } from '../../src/model/effect.ts';
import type { Catalog } from '../../src/model/schema.ts';
import type { Delivery } from '../../src/model/source.ts';
import type { Step } from '../../src/model/step.ts';
import { parse } from '../../src/sql/parse.ts';
import { FIXTURE, type Sample, type World } from './records.ts';
import { migrationOf } from '../migration.ts';

/** What the analysis says of a sample, without a server. */
export interface Prediction {
  readonly costs: readonly Cost[];
  readonly heldLocks: readonly CostOf<'lock'>[];
  /** The analysis says that the statement fails, for certain. */
  readonly fails: boolean;
  /** The analysis names a condition under which it fails. */
  readonly mayFail: boolean;
  /** Why a statement was not understood. */
  readonly opaque: readonly string[];
}

/** Replays SQL as history: everything in it is there before the migration. */
export async function replay(sql: string, catalog: Catalog, pg: number): Promise<Catalog> {
  return (await check(sql, catalog, { pg, transaction: 'per-statement', commits: 'existing' })).catalog;
}

/** Predicts on one major; the world is replayed once. */
export async function predictor(pg: number, world: World = FIXTURE): Promise<(sample: Input) => Promise<Prediction>> {
  const extended = world.extensions.map(name => `create extension ${name} schema public;`).join('\n');
  const fixture = await replay(`${extended}\n${world.schema}`, emptyCatalog(), pg);
  return async ({ setup, before = '', sql, setting = '', alone }) => {
    const session = `${world.session}; ${setting};`;
    const catalog = setup === '' ? fixture : await replay(`${session} ${setup}`, fixture, pg);
    const transaction = alone === true ? 'per-statement' : 'whole-file';
    const { steps } = await check(`${session} ${before}; ${sql}`, catalog, { pg, transaction, commits: 'this-pr' });
    const analyzed = steps.slice(-(await parse(sql, 'sample.sql')).length);
    const costs = analyzed.flatMap(step => step.costs);
    return {
      costs,
      heldLocks: analyzed[0]?.heldLocks ?? [],
      fails: costs.some(({ kind, certainty }) => kind === 'fail' && certainty === 'will'),
      mayFail: costs.some(({ kind }) => kind === 'fail' || kind === 'reject'),
      opaque: analyzed.flatMap(({ changes }) => changes.flatMap(c => (c.kind === 'opaque' ? c.because : []))),
    };
  };
}

type Input = Pick<Sample, 'setup' | 'before' | 'sql' | 'setting' | 'alone'>;

async function check(
  sql: string,
  catalog: Catalog,
  how: { pg: number; transaction: Delivery; commits: 'existing' | 'this-pr' },
): Promise<{ steps: readonly Step[]; catalog: Catalog }> {
  const migration = migrationOf(sql, { transaction: how.transaction, changed: how.commits === 'this-pr' });
  return analyzeMigration(await parse(sql, migration.file), catalog, { migration, pg: how.pg, commits: how.commits });
}
