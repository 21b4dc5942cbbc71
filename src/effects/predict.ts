import { COST_TRAITS, identity, isCertainWhereRun, type Change, type Cost } from '../model/effect.ts';
import { fail, may, type Part, type CostTable, type CostContext } from './cost-model.ts';
import { columns } from './predict/columns.ts';
import { constraints } from './predict/constraints.ts';
import { indexes } from './predict/indexes.ts';
import { partitions } from './predict/partitions.ts';
import { programs } from './predict/programs.ts';
import { rows } from './predict/rows.ts';
import { sequences } from './predict/sequences.ts';
import { server } from './predict/server.ts';
import { session } from './predict/session.ts';
import { tables } from './predict/tables.ts';
import { types } from './predict/types.ts';
import type { PredictedError } from './errors/predicted-error.ts';
import { costsOfUnseenPartitions } from './unseen-partitions.ts';
import { predictedError } from './errors.ts';
import { missing } from './errors/version-support.ts';

/**
 * What each kind of change costs: manual, ALTER TABLE, CREATE INDEX and 13.3; checked against live servers by the
 * ground-truth test.
 */
const COSTS: CostTable = {
  ...tables,
  ...columns,
  ...constraints,
  ...indexes,
  ...partitions,
  ...rows,
  ...programs,
  ...types,
  ...sequences,
  ...server,
  ...session,
  'fire-triggers': ({ relation, changes }, at) =>
    may(
      changes.flatMap(change => partsOf(change, at)).filter(({ kind }) => COST_TRAITS[kind].measurable),
      `only if a trigger of ${relation.name} fires`,
    ),
};

const partsOf = (change: Change, at: CostContext): readonly Part[] =>
  (COSTS[change.kind] as (change: Change, at: CostContext) => readonly Part[])(change, at);

export function predictCosts(change: Change, at: CostContext): Cost[] {
  const parts = [...partsOf(change, at), ...costsOfUnseenPartitions(change, at, partsOf)];
  const error: PredictedError | null = missing(change, at.pg) ?? predictedError(change, at);
  return [...parts, ...(error ? failure(change, error) : [])].map(part =>
    withCertainty({ certainty: 'will', ...part, cause: change, basis: 'predicted' }),
  );
}

function failure(change: Change, { sqlstate, message, because }: PredictedError): readonly Part[] {
  const part = fail('relation' in change ? change.relation : null, sqlstate, message);
  return because === undefined ? [part] : may([part], because);
}

/** No cost of a change is more certain than that it is made. */
export function withCertainty<C extends Cost>(cost: C): C {
  if (cost.certainty === 'may') return cost;
  const { condition, caught } = cost.cause ?? {};
  if (condition !== undefined) return { ...cost, certainty: 'may', because: condition };
  return caught && cost.kind === 'fail'
    ? { ...cost, certainty: 'may', because: 'an exception handler may catch the error' }
    : cost;
}

/** One cost for each identity: the most certain. */
export function merge(costs: readonly Cost[]): Cost[] {
  const merged = new Map<string, Cost>();
  for (const cost of costs) {
    const key = identity(cost);
    const earlier = merged.get(key);
    if (!earlier || certainty(cost) > certainty(earlier)) merged.set(key, cost);
  }
  return [...merged.values()];
}

const certainty = (cost: Cost): number => (cost.certainty === 'will' ? 2 : isCertainWhereRun(cost) ? 1 : 0);
