import { COST_TRAITS, identity, isHeld, type Cost, type CostOf, type Relation } from '../model/effect.ts';
import { keyOf } from '../model/schema.ts';

/** The part of a measurement that a prediction is held against. */
export interface Measurement {
  readonly costs: readonly Cost[];
  readonly ms: number;
  readonly complete: boolean;
  readonly heldLocks?: readonly CostOf<'lock'>[];
}

/** What a prediction and a measurement say of one statement. */
export interface Compared {
  readonly confirmed: readonly Cost[];
  /** Measured, and nobody predicted them. */
  readonly unpredicted: readonly Cost[];
  /** Predicted as certain and measurable, and not seen. */
  readonly unconfirmed: readonly Cost[];
  readonly ms: number;
}

/**
 * Both sides speak `Cost`, so comparing them is set arithmetic on identities. What is left out, and why:
 *
 * - relations made in the same transaction and temporary ones: nobody waits for them, and a trace does not look at them;
 * - locks weaker than another predicted or measured for the same statement, or than one held: pg_locks shows the strongest;
 * - locks on indexes that were not predicted. Planning and executing take them on every index of a table, and they say
 *   no more than the table's lock. Where a change names an index (ALTER INDEX … RENAME), its predicted lock counts;
 * - scans of a table that is written anew or indexed, and indexes of a table that is written anew: part of the same work;
 * - toast tables, which follow their table.
 */
export function compare(
  prediction: readonly Cost[],
  measurement: Measurement,
  heldLocks: readonly CostOf<'lock'>[],
): Compared {
  const lasting = distinct(prediction).filter(({ relation }) => relation === null || isShared(relation));
  const measured = distinct(measurement.costs);
  const implied = impliedBy([...lasting, ...measured]);
  const predicted = lasting.filter(cost => !implied(cost));
  const measuredIds = new Set(measured.map(identity));
  const expected = new Set(predicted.map(identity));
  const certain = predicted.filter(({ kind, certainty }) => COST_TRAITS[kind].measurable && certainty === 'will');
  const locks = [...certain.filter(cost => cost.kind === 'lock'), ...heldLocks, ...(measurement.heldLocks ?? [])];
  const takenLocks = [...locks, ...measured.filter(cost => cost.kind === 'lock')];
  /** From beside, a lock may be seen before the statement makes it stronger. */
  const isPassing = (cost: Cost): boolean => !measurement.complete && cost.kind === 'lock' && isHeld(cost, locks);
  return {
    confirmed: predicted.filter(cost => measuredIds.has(identity(cost))),
    unpredicted: measured.filter(
      cost => !implied(cost) && !expected.has(identity(cost)) && !isIndexLock(cost) && !isPassing(cost),
    ),
    unconfirmed: measurement.complete
      ? certain.filter(cost => !measuredIds.has(identity(cost)) && !(cost.kind === 'lock' && isHeld(cost, takenLocks)))
      : [],
    ms: measurement.ms,
  };
}

const isShared = ({ age, schema }: Relation): boolean => age !== 'this-transaction' && schema !== 'pg_temp';

/** One per identity; a certain one rather than one that may be. */
function distinct(costs: readonly Cost[]): Cost[] {
  const distinctCosts = new Map<string, Cost>();
  for (const cost of costs) {
    const key = identity(cost);
    if (distinctCosts.get(key)?.certainty !== 'will') distinctCosts.set(key, cost);
  }
  return [...distinctCosts.values()];
}

const isIndexLock = (cost: Cost): boolean => cost.kind === 'lock' && cost.relation.kind === 'index';

/** Is the cost a part of heavier work on the same relation? */
function impliedBy(costs: readonly Cost[]): (cost: Cost) => boolean {
  const on = (...kinds: Cost['kind'][]): Set<string> =>
    new Set(costs.flatMap(({ kind, relation }) => (relation && kinds.includes(kind) ? keyOf(relation) : [])));
  const written = on('rewrite', 'new-file');
  const read = on('rewrite', 'new-file', 'build-index');
  return cost =>
    (cost.kind === 'build-index' && written.has(keyOf(cost.relation))) ||
    (cost.kind === 'scan' && read.has(keyOf(cost.relation)));
}
