import { isVisible, type Change, type CostOf } from '../../model/effect.ts';
import { blocksReads, blocksWrites } from '../../model/lock.ts';
import type { Step } from '../../model/step.ts';

const strongest = (locks: readonly CostOf<'lock'>[]): CostOf<'lock'> | undefined => {
  const visible = locks.filter(lock => isVisible(lock.relation) && blocksWrites(lock.mode));
  return visible.find(lock => blocksReads(lock.mode)) ?? visible[0];
};

/** The lock that earlier statements of the transaction hold on a relation that others use: the first that blocks reads, else writes. */
export const heldLock = (step: Step): CostOf<'lock'> | undefined => strongest(step.heldLocks);

/** The same for one change of a statement that makes several, as a DO block does: what it did before holds its locks, too. */
export function heldAt(step: Step, change: Change): CostOf<'lock'> | undefined {
  const at = step.changes.indexOf(change);
  const before = new Set(step.changes.slice(0, Math.max(at, 0)));
  const own = step.costs
    .filter(cost => cost.kind === 'lock')
    .filter(({ cause, until }) => until === 'commit' && cause !== null && before.has(cause));
  return strongest([...step.heldLocks, ...own]);
}
