import { isVisible, type CostOf } from '../../model/effect.ts';
import { blocksReads, blocksWrites } from '../../model/lock.ts';
import type { Step } from '../../model/step.ts';

/** The lock that earlier statements of the transaction hold on a relation that others use: the first that blocks reads, else writes. */
export const heldLock = (step: Step): CostOf<'lock'> | undefined => {
  const visible = step.held.filter(lock => isVisible(lock.relation) && blocksWrites(lock.mode));
  return visible.find(lock => blocksReads(lock.mode)) ?? visible[0];
};
