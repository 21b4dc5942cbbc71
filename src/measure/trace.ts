import type { Client } from '../database/service.ts';
import type { Statement } from '../model/source.ts';
import { measureOutsideTransaction, type MeasureOutsideTransaction } from './outside-transaction.ts';
import { difference, goneSince, heldIn } from './difference.ts';
import { attempt, leave } from '../database/failure.ts';
import { backend, runWithNotices, type Measured } from './session.ts';
import { snapshot } from './snapshot.ts';

/** 25001: refused inside a transaction block. 2D000: a procedure or DO block that commits. */
const OUTSIDE_ONLY: readonly string[] = ['25001', '2D000'];

/** Statements that commit together. */
export interface Run {
  readonly statements: readonly Statement[];
  /** False for one statement that the tool sends outside a transaction block. */
  readonly block: boolean;
}

/**
 * Runs statements transaction by transaction, and says what each of them cost.
 *
 * A statement outside a block is measured inside one none the less, unless it refuses; then it is run `by itself`.
 * The first failure ends its transaction and the trace; the statements after it are not run and not in the result.
 */
export async function trace(
  open: () => Promise<Client>,
  runs: readonly Run[],
  finish: 'commit' | 'rollback',
  byItself: MeasureOutsideTransaction = measureOutsideTransaction,
): Promise<Measured[][]> {
  const client = await open();
  try {
    const all: Measured[][] = [];
    for (const { statements, block } of runs) {
      const traced = await traceTransaction(client, statements, finish);
      const [only, first] = [traced[0], statements[0]];
      const outsideOnly = !block && only?.failure && OUTSIDE_ONLY.includes(only.failure.sqlstate);
      const measured = outsideOnly && first ? [await byItself(open, client, first)] : traced;
      all.push(measured);
      if (measured.some(({ failure }) => failure !== null)) break;
    }
    return all;
  } finally {
    await client.end();
  }
}

/** Runs statements in one transaction on a session that is in none. */
async function traceTransaction(
  client: Client,
  statements: readonly Statement[],
  finish: 'commit' | 'rollback',
): Promise<Measured[]> {
  const pid = await backend(client);
  const traced: Measured[] = [];
  await client.query('begin');
  // It must come before any query (xact.c, check_transaction_isolation): also before one that looks at locks.
  const other = statements.findIndex(statement => !setsTransaction(statement));
  const first = other === -1 ? statements.length : other;
  for (const { sql } of statements.slice(0, first)) {
    const start = performance.now();
    const failure = await attempt(client, sql);
    traced.push({ costs: [], ms: performance.now() - start, complete: true, failure });
    if (failure) return await leave(client, failure).then(() => traced);
  }
  let before = await snapshot(client, pid);
  const shared: ReadonlySet<number> = new Set(before.relations.keys());
  for (const statement of statements.slice(first)) {
    const { notices, ms, failure } = await runWithNotices(client, statement.sql);
    if (failure) {
      traced.push({ costs: [], ms, complete: true, failure });
      await leave(client, failure);
      return traced;
    }
    const after = await snapshot(client, pid);
    const copies = statement.node !== null && 'ClusterStmt' in statement.node;
    const costs = difference({ before, after, notices, shared, copies });
    const dropped = goneSince(before, after, shared);
    traced.push({ costs, ms, complete: true, failure: null, heldLocks: heldIn(before), dropped });
    before = after;
  }
  const failure = await attempt(client, finish);
  const last = traced.at(-1);
  // What was deferred to the commit is the last statement's.
  return failure && last ? [...traced.slice(0, -1), { ...last, costs: [], failure }] : traced;
}

const setsTransaction = ({ node }: Statement): boolean =>
  (node?.VariableSetStmt as { name?: unknown } | undefined)?.name === 'TRANSACTION';
