import { connect, type Client } from '../../src/database/service.ts';
import type { Server } from '../../src/database/local.ts';
import { parse } from '../../src/sql/parse.ts';
import type { Measured } from '../../src/trace/session.ts';
import { trace } from '../../src/trace/trace.ts';
import { EXTENSIONS, FIXTURE, SESSION, type Sample } from './records.ts';

/** A server with the fixture in a database of its own, which is copied for each sample that changes it for good. */
export interface Bench {
  measure(
    sample: Pick<Sample, 'setup' | 'before' | 'sql' | 'setting' | 'alone'>,
  ): Promise<Measured | { readonly skipped: string }>;
  close(): Promise<void>;
}

/** Prepares the fixture on a running server. */
export async function bench(server: Server): Promise<Bench> {
  const admin = await connect(server.url);
  await admin.query('create role probe_role');
  await admin.query('create database fixture');
  const first = await connect(server.database('fixture'));
  // Binaries without the contrib modules cannot run the few samples that need them; those are skipped, by name.
  for (const extension of EXTENSIONS) await first.query(`create extension ${extension}`).catch(() => undefined);
  await first.query(FIXTURE);
  await first.end();
  let copies = 0;

  return {
    async measure({ setup, before, sql, setting, alone }) {
      const kept = setup === '' && alone !== true;
      const database = kept ? 'fixture' : `copy_${++copies}`;
      if (!kept) await admin.query(`create database ${database} template fixture`);
      const open = async (): Promise<Client> => {
        const client = await connect(server.database(database));
        await client.query(`${SESSION}; ${setting ?? ''}`);
        return client;
      };
      try {
        const skipped = await prepare(open, setup);
        if (skipped !== null) return { skipped };
        const earlier = await parse(before ?? '', 'sample.sql');
        const statements = [...earlier, ...(await parse(sql, 'sample.sql'))];
        const traced = await trace(open, [{ statements, block: alone !== true }], 'rollback');
        return merge(traced.flat().slice(earlier.length));
      } finally {
        if (!kept) await admin.query(`drop database ${database} with (force)`);
      }
    },
    close: () => admin.end(),
  };
}

async function prepare(open: () => Promise<Client>, setup: string): Promise<string | null> {
  const client = await open();
  try {
    if (setup !== '') await client.query(setup);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
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
