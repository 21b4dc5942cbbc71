import { withClient } from '../database/with-client.ts';
import { rehearse, type TransactionBatch, type Rehearsed, type Sent } from '../rehearse/load/rehearse.ts';
import type { TestServer, TestDatabase } from '../database/test-server.ts';
import type { Client } from '../database/service.ts';
import { generateRows, insertSeed, type FailedSeed, type Filled } from '../rehearse/rows/generate-rows.ts';
import { ask, type Answer, type Check } from '../rehearse/integrity/checks.ts';
import { readResidue, type Residue } from '../rehearse/integrity/residue.ts';
import { fingerprintRows, lostRows, type RowFingerprint } from '../rehearse/integrity/rows.ts';
import type { Relation } from '../model/effect.ts';
import type { Forecast } from '../model/rehearsal.ts';
import type { Statement } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import type { Failure } from '../database/failure.ts';
import type { OnDatabase } from '../model/commands.ts';
import { isSeeded, type Data } from './data.ts';
import { forecast } from './forecast.ts';
import type { Direction } from './round-trip.ts';
import { statementsOf, transactionGroups } from './transaction-groups.ts';
import { deliver, substitute } from './send.ts';

/** What is rehearsed, and the rollback where there is a sound one. */
export interface Script {
  readonly steps: readonly Step[];
  /** Those that hold rows and are used. */
  readonly tables: readonly Relation[];
  readonly down: Direction | null;
}

/** How a migration went on tables that hold rows and are in use. */
export interface OnRows {
  readonly rehearsed: Rehearsed;
  readonly played: readonly { readonly step: Step; readonly sent: Rehearsed['sent'][number] }[];
  readonly forecasts: ReadonlyMap<Statement, readonly Forecast[]>;
  readonly filled: Filled;
  readonly failedSeeds: readonly FailedSeed[];
  readonly readerMs: number;
  readonly failure: { readonly step: Step; readonly sent: Sent } | null;
  /** The statement that did not get past the long reader within lock_timeout. */
  readonly gaveUp: Statement | null;
  readonly before: Look;
  /** Null when the migration failed. */
  readonly after: Look | null;
  /** Null where there is no down migration, or the migration failed. */
  readonly back: { readonly failure: Failure | null; readonly lostRows: readonly string[] } | null;
}

/** What the data is, and whether it is sound. */
interface Look {
  readonly rows: RowFingerprint;
  readonly answers: ReadonlyMap<Check, Answer>;
  /** Not looked for among made rows, which point to nothing until the foreign key is there. */
  readonly leftovers: Residue;
}

/** A report or a backup that has read the tables stays open for so long: what waits behind it shows the queue. */
const READER_MS = 200;
const NOBODY: readonly Relation[] = [];

/**
 * Fills the database, uses it, runs the migration on it for good, and takes it down again. A migration that gives up
 * behind the long reader (lock_timeout) is run once more without it, on `spare`, to see what it does when it gets through.
 */
export async function onRows(place: TestServer, database: TestDatabase, script: Script, data: Data): Promise<OnRows> {
  const runs = transactionGroups(script.steps);
  const batches = await Promise.all(
    runs.map(async run => ({
      block: run.block,
      statements: await Promise.all(statementsOf(run).map(statement => substitute(statement, place))),
    })),
  );
  const play = { ...script, batches, steps: runs.flatMap(run => run.steps) };
  const forecasts = await forecast(place, database, play, data.rowCounts);
  const patient = script.steps.some(({ settings }) => settings.has('lock_timeout'));
  const spare = patient && data.inUse ? await place.create(database) : null;
  try {
    const first = await attempt(place, database, play, { data, readerMs: data.inUse ? READER_MS : 0 });
    if (first.failure?.sent.sqlstate !== '55P03' || spare === null) return { ...first, forecasts, gaveUp: null };
    const again = await attempt(place, spare, play, { data, readerMs: 0 });
    return { ...again, forecasts, gaveUp: first.failure.step.statement };
  } finally {
    await spare?.drop();
  }
}

async function attempt(
  place: TestServer,
  database: TestDatabase,
  { steps, tables, down, batches }: Script & { readonly batches: readonly TransactionBatch[] },
  { data, readerMs }: { readonly data: Data; readonly readerMs: number },
): Promise<Omit<OnRows, 'forecasts' | 'gaveUp'>> {
  const prepared = await withClient(database, async client => {
    const seeded = isSeeded(data);
    const failedSeeds = [...(await insertSeed(client, data.seed)), ...(await seedBy(data.seedCommand, database))];
    const filled = seeded
      ? { tables: [], unfilled: [] }
      : await generateRows(client, { rows: data.rows, only: tables });
    return { filled, failedSeeds, before: await look(client, data) };
  });
  const rehearsed = await rehearse(() => database.open(), data.inUse ? tables : NOBODY, batches, {
    readingMs: readerMs,
    sized: tables,
    concurrent: !place.embedded,
  });
  const played = rehearsed.sent.flatMap((sent, at) => {
    const step = steps[at];
    return step ? [{ step, sent }] : [];
  });
  const failure = played.find(({ sent }) => sent.sqlstate !== null) ?? null;
  const common = { rehearsed, played, ...prepared, readerMs, failure };
  if (failure) return { ...common, after: null, back: null };
  return await withClient(database, async client => {
    const after = await look(client, data);
    if (!down) return { ...common, after, back: null };
    const failed = await deliver(client, down.statements, { delivery: down.delivery, place });
    const lostRowMessages = failed
      ? []
      : lostRows(prepared.before.rows, await fingerprintRows(client)).map(({ message }) => message);
    return { ...common, after, back: { failure: failed, lostRows: lostRowMessages } };
  });
}

/** Another program connects to the database: the embedded one lets none in. */
async function seedBy(command: OnDatabase | null, { address }: TestDatabase): Promise<FailedSeed[]> {
  if (command === null) return [];
  const failed = (because: string): FailedSeed[] => [{ file: null, because }];
  if (address === null) return failed('other programs cannot connect to the embedded Postgres');
  const { failure, output } = await command(address);
  return failure === null ? [] : failed(`${failure}: ${output}`);
}

async function look(client: Client, data: Data): Promise<Look> {
  return {
    rows: await fingerprintRows(client),
    answers: await ask(client, data.checks),
    leftovers: isSeeded(data) ? await readResidue(client) : new Map(),
  };
}
