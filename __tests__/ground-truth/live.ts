import { connect, type Client } from '../../src/database/service.ts';
import type { Server } from '../../src/database/local.ts';
import { keyOf } from '../../src/model/schema.ts';
import { parse } from '../../src/sql/parse.ts';
import { failureOf, type Failure, type Measured } from '../../src/trace/session.ts';
import { relationsOf } from '../../src/trace/snapshot.ts';
import { trace } from '../../src/trace/trace.ts';
import { FIXTURE, type Sample, type World } from './records.ts';

/** A server with the fixture in a database of its own, which is copied for each sample that changes it for good. */
export interface Bench {
  measure(
    sample: Pick<Sample, 'setup' | 'before' | 'sql' | 'setting' | 'alone'>,
  ): Promise<(Measured & { readonly tableOf: ReadonlyMap<string, string> }) | { readonly skipped: Failure }>;
  close(): Promise<void>;
}

/** Prepares a world on a running server. */
export async function bench(server: Server, world: World = FIXTURE): Promise<Bench> {
  const admin = await connect(server.url);
  for (const sql of world.server) await admin.query(sql);
  await admin.query('create database fixture');
  const first = await connect(server.database('fixture'));
  // Binaries without the contrib modules cannot run the few samples that need them; those are skipped, by name.
  for (const extension of world.extensions) await first.query(`create extension ${extension}`).catch(() => undefined);
  await first.query(world.schema);
  await first.end();
  let copies = 0;

  return {
    async measure({ setup, before, sql, setting, alone }) {
      const kept = setup === '' && alone !== true;
      const database = kept ? 'fixture' : `copy_${++copies}`;
      if (!kept) await admin.query(`create database ${database} template fixture`);
      const open = async (): Promise<Client> => {
        const client = await connect(server.database(database));
        await client.query(`${world.session}; ${setting ?? ''}`);
        return client;
      };
      try {
        const prepared = await prepare(open, setup);
        if ('skipped' in prepared) return prepared;
        const earlier = await parse(before ?? '', 'sample.sql');
        const statements = [...earlier, ...(await parse(sql, 'sample.sql'))];
        const traced = await trace(open, [{ statements, block: alone !== true }], 'rollback');
        return { ...merge(traced.flat().slice(earlier.length)), ...prepared };
      } finally {
        if (!kept) await admin.query(`drop database ${database} with (force)`);
      }
    },
    close: () => admin.end(),
  };
}

type Prepared = { readonly tableOf: ReadonlyMap<string, string> } | { readonly skipped: Failure };

/** Runs the setup, and says which table each index is on. */
async function prepare(open: () => Promise<Client>, setup: string): Promise<Prepared> {
  const client = await open();
  try {
    if (setup !== '') await client.query(setup);
    const relations = await relationsOf(client);
    const tables = [...relations.values()].flatMap(index => {
      const table = relations.get(index.table ?? 0);
      return table ? [[keyOf(index), keyOf(table)] as const] : [];
    });
    return { tableOf: new Map(tables) };
  } catch (error) {
    return { skipped: failureOf(error) };
  } finally {
    await client.end();
  }
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
