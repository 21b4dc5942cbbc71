import type { Change, Relation } from './change.ts';
import { stronger, type LockMode } from './lock.ts';
import { keyOf } from './schema.ts';

export type { Change, ChangeOf, Relation } from './change.ts';

type On<K extends string, Rest = unknown> = { readonly kind: K; readonly relation: Relation } & Readonly<Rest>;

/** What a statement does to the running database. */
export type Consequence = {
  readonly basis: 'predicted' | 'measured' | 'both';
  readonly certainty: 'will' | 'may';
  /** Why only "may". */
  readonly because?: string;
} & (
  | On<'lock', { mode: LockMode; until: 'commit' | 'statement-end' }>
  /** Every row is written to a new file, and every index rebuilt. */
  | On<'rewrite'>
  /** A new file without a rewrite of rows: SET TABLESPACE, TRUNCATE, REFRESH. */
  | On<'new-file'>
  /** Every row is read. */
  | On<'scan'>
  /** `relation` is the table. `rebuild`: an existing index, under a type or collation that sorts otherwise. */
  | On<'build-index', { index: string; rebuild: boolean }>
  | On<'wait', { for: 'older-transactions' }>
  /** Rows are updated or deleted one by one: row locks to the commit, WAL, bloat. */
  | On<'touch-rows', { verb: 'update' | 'delete' | 'insert' | 'merge' | 'copy'; all: boolean }>
  | On<'lose-data', { what: 'table' | 'column' | 'rows' | 'precision' }>
  /** The statement fails when the condition holds for the rows that are there. */
  | On<'reject', { if: string }>
  /** The statement fails, whatever the rows: `sqlstate` as the server reports it. */
  | { readonly kind: 'fail'; readonly relation: Relation | null; readonly sqlstate: string; readonly message: string }
);

/** A consequence and the change that has it. Predicted, or measured by a trace: the same type. */
export type Cost = Consequence & {
  /** Null when only the trace saw it. */
  readonly cause: Change | null;
};

export type Effect = Change | Cost;
export type CostKind = Cost['kind'];
export type CostOf<K extends CostKind> = Extract<Cost, { kind: K }>;

/** Every kind of cost says whether a trace can see it, and what makes two of them the same. */
export type CostTraits = {
  readonly [K in CostKind]: { readonly measurable: boolean; readonly key: (cost: CostOf<K>) => string };
};

export const COST_TRAITS: CostTraits = {
  lock: { measurable: true, key: c => c.mode },
  rewrite: { measurable: true, key: () => '' },
  'new-file': { measurable: true, key: () => '' },
  scan: { measurable: true, key: () => '' },
  'build-index': { measurable: true, key: c => c.index },
  wait: { measurable: false, key: c => c.for },
  'touch-rows': { measurable: false, key: c => c.verb },
  'lose-data': { measurable: false, key: c => c.what },
  reject: { measurable: false, key: c => c.if },
  fail: { measurable: false, key: c => c.sqlstate },
};

/** Why the work on a partitioned table is not certain: the history shows no partition of it. */
export const UNSEEN_PARTITIONS = 'its partitions are not in the migrations';

/**
 * Certain, but for what decides whether the statement runs at all, because a guard is written to let it through; or for the
 * partitions of a partitioned table, because it has its rows there.
 */
export const isCertainWhereRun = (cost: Cost): boolean =>
  cost.certainty === 'will' ||
  (cost.because !== undefined && (cost.because === cost.cause?.condition || cost.because === UNSEEN_PARTITIONS));

/** Why a scan is not certain: an index may lead to the rows. */
export const PLANNED = 'the planner may use an index';

/** Costs with the same identity are one cost. */
export function identity(cost: Cost): string {
  const key = COST_TRAITS[cost.kind].key as (cost: Cost) => string;
  return `${cost.kind} ${cost.relation ? keyOf(cost.relation) : ''} ${key(cost)}`;
}

export const same = (a: Relation, b: Relation): boolean => a.name === b.name && a.schema === b.schema;

/** Others see the relation, so that work on it makes them wait. */
export const isVisible = (relation: Relation): boolean => relation.age === 'existing' || relation.age === 'unknown';

/** Holding it already, or something stronger, costs no further wait. */
export const isHeld = (lock: CostOf<'lock'>, heldLocks: readonly CostOf<'lock'>[]): boolean =>
  heldLocks.some(
    other => other !== lock && same(other.relation, lock.relation) && stronger(lock.mode, other.mode) === other.mode,
  );
