import type { Client } from '../../src/database/service.ts';
import type { Server } from '../../src/database/local.ts';
import { keyOf } from '../../src/model/schema.ts';
import { parse } from '../../src/sql/parse.ts';
import { failureOf, type Failure } from '../../src/database/failure.ts';
import { type Measured } from '../../src/measure/session.ts';
import { relationsOf } from '../../src/measure/snapshot.ts';
import { trace } from '../../src/measure/trace.ts';
import { serverCluster, type Cluster } from './cluster.ts';
import { FIXTURE, type Sample, type World } from './records.ts';

type Open = () => Promise<Client>;
interface Skipped {
  readonly skipped: Failure;
}

/** A server with the fixture in a database of its own, which is copied for each sample that changes it for good. */
export interface Bench {
  /** What a sample cost, and the table of each index that was there before. */
  measure(
    sample: Pick<Sample, 'setup' | 'before' | 'sql' | 'setting' | 'alone'>,
  ): Promise<(Measured & { readonly tableOf: ReadonlyMap<string, string> }) | Skipped>;
  /** Uses a copy of its own, with the setup done; what that failed with where it did. */
  copied<T>(sample: Pick<Sample, 'setup' | 'setting'>, use: (open: Open) => Promise<T>): Promise<T | Skipped>;
  close(): Promise<void>;
}

/** Prepares a world on a running server. */
export const bench = async (server: Server, world: World = FIXTURE): Promise<Bench> =>
  benchOn(await serverCluster(server), world);

/** Prepares a world on a cluster, and ends it with the bench. */
export async function benchOn(cluster: Cluster, world: World = FIXTURE): Promise<Bench> {
  await cluster.shared(world.server);
  await cluster.make('fixture');
  const first = await cluster.open('fixture');
  // Binaries without the contrib modules cannot run the few samples that need them; those are skipped, by name.
  for (const extension of world.extensions) await first.query(`create extension ${extension}`).catch(() => undefined);
  await first.query(world.schema);
  await first.end();
  let copies = 0;

  const opener =
    (database: string, setting = ''): Open =>
    async () => {
      const client = await cluster.open(database);
      await client.query(`${world.session}; ${setting}`);
      return client;
    };
  const copied: Bench['copied'] = async ({ setup, setting }, use) => {
    const database = `copy_${++copies}`;
    await cluster.make(database, 'fixture');
    try {
      const open = opener(database, setting);
      const skipped = await prepare(open, setup);
      return skipped ?? (await use(open));
    } finally {
      await cluster.drop(database);
    }
  };
  return {
    copied,
    measure: sample =>
      sample.setup === '' && sample.alone !== true
        ? run(sample, opener('fixture', sample.setting), cluster)
        : copied(sample, open => run(sample, open, cluster)),
    close: () => cluster.end(),
  };
}

async function run(
  { before, sql, alone }: Pick<Sample, 'before' | 'sql' | 'alone'>,
  open: Open,
  { byItself }: Cluster,
) {
  const tableOf = await tables(open);
  const earlier = await parse(before ?? '', 'sample.sql');
  const statements = [...earlier, ...(await parse(sql, 'sample.sql'))];
  const traced = await trace(open, [{ statements, block: alone !== true }], 'rollback', byItself);
  return { ...merge(traced.flat().slice(earlier.length)), tableOf };
}

async function prepare(open: Open, setup: string): Promise<Skipped | null> {
  if (setup === '') return null;
  const client = await open();
  const skipped = await client.query(setup).then(
    () => null,
    (error: unknown) => ({ skipped: failureOf(error) }),
  );
  await client.end();
  return skipped;
}

/** Which table each index is on. */
async function tables(open: Open): Promise<Map<string, string>> {
  const client = await open();
  const relations = await relationsOf(client);
  await client.end();
  return new Map(
    [...relations.values()].flatMap(index => {
      const table = relations.get(index.table ?? 0);
      return table ? [[keyOf(index), keyOf(table)] as const] : [];
    }),
  );
}

/** A sample is judged as one, however many statements it has. */
function merge(all: readonly Measured[]): Measured {
  return {
    costs: all.flatMap(({ costs }) => costs),
    ms: all.reduce((sum, { ms }) => sum + ms, 0),
    complete: all.every(({ complete }) => complete),
    failure: all.find(({ failure }) => failure)?.failure ?? null,
  };
}
