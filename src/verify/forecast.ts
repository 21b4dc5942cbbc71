import { withClient } from '../database/with-client.ts';
import { rehearse, type TransactionBatch } from '../rehearse/load/rehearse.ts';
import type { TestServer, TestDatabase } from '../database/test-server.ts';
import { extrapolate } from '../rehearse/rows/extrapolate.ts';
import { generateRows } from '../rehearse/rows/generate-rows.ts';
import type { Cost, Relation } from '../model/effect.ts';
import type { Fit, Forecast } from '../model/rehearsal.ts';
import { keyOf, type Key } from '../model/schema.ts';
import type { Statement } from '../model/source.ts';
import type { Step } from '../model/step.ts';

/** Work that grows with the rows of a table, and how; null where it does not. */
const FITS: Readonly<Record<Cost['kind'], Fit | null>> = {
  rewrite: 'linear',
  scan: 'linear',
  'build-index': 'n log n',
  'touch-rows': 'linear',
  lock: null,
  'new-file': null,
  wait: null,
  'lose-data': null,
  reject: null,
  fail: null,
};
/** Small enough to be made in a moment, large enough that the rows outweigh the rest. */
const SCALES = [10_000, 50_000] as const;

interface Question {
  readonly statement: Statement;
  readonly table: Key;
  readonly rows: number;
  readonly fit: Fit;
}

/** Runs the migration at two scales, each on a copy of `database`, and predicts what its work takes in production. */
export async function forecast(
  place: TestServer,
  database: TestDatabase,
  {
    steps,
    tables,
    batches,
  }: { steps: readonly Step[]; tables: readonly Relation[]; batches: readonly TransactionBatch[] },
  rowCounts: ReadonlyMap<Key, number>,
): Promise<ReadonlyMap<Statement, readonly Forecast[]>> {
  const questions = steps.flatMap(step => questionsOf(step, rowCounts));
  if (questions.length === 0) return new Map();
  const [small, large] = [
    await timesAt(SCALES[0], place, database, { tables, batches }),
    await timesAt(SCALES[1], place, database, { tables, batches }),
  ];
  const forecasts = new Map<Statement, Forecast[]>();
  for (const { statement, table, rows, fit } of questions) {
    const at = steps.findIndex(step => step.statement === statement);
    const [less, more] = [small[at], large[at]];
    if (less === undefined || more === undefined) continue;
    const samples = [
      { rows: SCALES[0], ms: less },
      { rows: SCALES[1], ms: more },
    ] as const;
    const ms = extrapolate(samples, Math.max(rows, SCALES[1]), fit);
    forecasts.set(statement, [...(forecasts.get(statement) ?? []), { table, rows, ms, fit, samples }]);
  }
  return forecasts;
}

function questionsOf({ statement, costs }: Step, rowCounts: ReadonlyMap<Key, number>): Question[] {
  const questions = new Map<Key, Question>();
  for (const { kind, relation } of costs) {
    const fit = FITS[kind];
    const table = relation && keyOf(relation);
    const rows = table === null ? undefined : rowCounts.get(table);
    if (fit === null || table === null || rows === undefined) continue;
    if (questions.get(table)?.fit !== 'n log n') questions.set(table, { statement, table, rows, fit });
  }
  return [...questions.values()];
}

/** Milliseconds of each statement, as far as the migration goes. */
async function timesAt(
  rows: number,
  place: TestServer,
  database: TestDatabase,
  { tables, batches }: { tables: readonly Relation[]; batches: readonly TransactionBatch[] },
): Promise<number[]> {
  const copy = await place.create(database);
  try {
    await withClient(copy, async client => {
      await generateRows(client, { rows, only: tables });
      await client.query('analyze');
    });
    const { sent } = await rehearse(() => copy.open(), [], batches);
    return sent.flatMap(({ begin, end, sqlstate }) => (sqlstate === null ? [end - begin] : []));
  } finally {
    await copy.drop();
  }
}
