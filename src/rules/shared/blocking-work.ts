import {
  isCertainWhereRun,
  isVisible,
  PLANNED,
  same,
  type Change,
  type Cost,
  type CostOf,
  type Relation,
} from '../../model/effect.ts';
import { blocked, blocksWrites, stronger, type LockMode } from '../../model/lock.ts';
import type { Severity } from '../../model/report.ts';
import type { Step } from '../../model/step.ts';

type Work = CostOf<'rewrite' | 'scan' | 'build-index' | 'new-file'>;

/** Long work on a relation that others use, under a lock that makes them wait. */
export interface BlockingWork {
  readonly relation: Relation;
  readonly lock: CostOf<'lock'>;
  readonly work: readonly Work[];
  /** Everything the same change costs. */
  readonly evidence: readonly Cost[];
  /** "an ACCESS EXCLUSIVE lock and blocks reads and writes until it finishes". */
  readonly under: string;
  /** " Not certain: …", or nothing when it is certain. */
  readonly uncertainty: string;
  /** A warning when facts are missing; a guard around the statement makes it no milder. */
  readonly severity: { readonly severity?: Severity };
}

export const isWork = (cost: Cost): cost is Work =>
  cost.kind === 'rewrite' || cost.kind === 'scan' || cost.kind === 'build-index' || cost.kind === 'new-file';

/** The strongest lock that the statement itself takes on the relation, when it blocks writes. */
export function blockingLock(step: Step, relation: Relation): CostOf<'lock'> | undefined {
  let strongest: CostOf<'lock'> | undefined;
  for (const cost of step.costs)
    if (cost.kind === 'lock' && blocksWrites(cost.mode) && same(cost.relation, relation) && !isRefresh(cost))
      if (!strongest || stronger(cost.mode, strongest.mode) === cost.mode) strongest = cost;
  return strongest;
}

/** REFRESH … CONCURRENTLY keeps out other refreshes only: nobody else writes to a materialized view. */
const isRefresh = (lock: CostOf<'lock'>): boolean => lock.cause?.kind === 'refresh' && lock.cause.concurrently;

/** "an ACCESS EXCLUSIVE lock and blocks reads and writes". */
export const waits = ({ mode }: CostOf<'lock'>): string => `${locked(mode)} and blocks ${blocked(mode)}`;

/** "a SHARE lock". */
export const locked = (mode: LockMode): string => `${/^[AE]/.test(mode) ? 'an' : 'a'} ${mode} lock`;

/** Whether the planner reads the referenced table by its index or in full is no reason for an alarm. */
const planned = (cost: Cost): boolean => cost.certainty === 'may' && cost.because === PLANNED;

/** The long work among these costs that makes others wait; null when there is none. */
export function blockingWork(step: Step, costs: readonly Cost[]): BlockingWork | null {
  const work: Work[] = [];
  let first: { relation: Relation; lock: CostOf<'lock'> } | null = null;
  for (const cost of costs) {
    if (!isWork(cost) || !isVisible(cost.relation) || planned(cost)) continue;
    const lock = blockingLock(step, cost.relation);
    if (!lock) continue;
    work.push(cost);
    first ??= { relation: cost.relation, lock };
  }
  if (!first) return null;
  const unsure = work.every(cost => cost.certainty === 'may');
  const milder = !work.some(isCertainWhereRun);
  return {
    ...first,
    work,
    evidence: costs,
    under: `${waits(first.lock)} until it finishes`,
    uncertainty: unsure ? notCertain(work[0]?.because ?? 'the schema is not fully known') : '',
    severity: milder ? { severity: 'warning' } : {},
  };
}

/** Why a message says more than is certain. */
export const notCertain = (because: string): string => ` Not certain: ${because}.`;

/** All that one change costs. */
export const costsOf = (step: Step, change: Change): Cost[] => step.costs.filter(cost => cost.cause === change);
