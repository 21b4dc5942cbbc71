import { withClient } from '../database/with-client.ts';
import type { TestServer, TestDatabase } from '../database/test-server.ts';
import type { OnDatabase, Ran } from '../model/commands.ts';
import { OWN_SCHEMA } from '../database/substitutes.ts';
import { leftIn, type Left } from './bookkeeping.ts';
import { structureOf, type Structure } from './structure.ts';

/** The tool's own way of applying a history. */
export interface Tool {
  readonly apply: OnDatabase;
  /** Tables in which tools record what they have applied. */
  readonly bookkeeping: readonly string[];
}

/** What the files led to. */
export interface Files {
  readonly structure: Structure;
  /** Those that a role without rights cannot make. */
  readonly extensions: readonly string[];
}

/** Reads them where the files were applied. */
export function filesIn(database: TestDatabase, { trusted }: TestServer): Promise<Files> {
  return withClient(database, async client => {
    const structure = await structureOf(client);
    const { rows } = await client.query<{ name: string }>('select extname as name from pg_catalog.pg_extension');
    return { structure, extensions: rows.map(({ name }) => name).filter(name => !trusted.has(name)) };
  });
}

/** As far as that goes: what is missing then is the command's own failure. */
function supply(database: TestDatabase, extensions: readonly string[]): Promise<void> {
  return withClient(database, async client => {
    for (const name of extensions)
      await client.query(`select ${OWN_SCHEMA}.create_extension($1, null)`, [name]).catch(() => undefined);
  });
}

/** Both runs of a command, and what each left. */
export interface Runs {
  readonly first: Ran;
  readonly once: Left;
  readonly second: Ran;
  readonly twice: Left;
}

/** On a database that is gone afterwards; only the first run, where that fails; null where no program can connect. */
export async function runTwice(
  place: TestServer,
  { apply, bookkeeping }: Tool,
  { structure, extensions, applied }: Files & { readonly applied: string },
): Promise<Runs | Ran | null> {
  const database = await place.create();
  const look = (): Promise<Left> => leftIn(database, { names: bookkeeping, applied, files: structure });
  const { address } = database;
  try {
    if (address === null) return null;
    await supply(database, extensions);
    const first = await apply(address);
    if (first.failure !== null) return first;
    const once = await look();
    return { first, once, second: await apply(address), twice: await look() };
  } finally {
    await database.drop();
  }
}
