import type { Step } from '../../model/step.ts';

/**
 * Gathers something from the earlier steps of a step's transaction, oldest first. What was gathered for one step is
 * kept for the next: without that, a file of thousands of statements in one transaction costs their square.
 */
export function gathered<T>(collect: (step: Step) => readonly T[]): (step: Step) => readonly T[] {
  const byStep = new WeakMap<Step, readonly T[]>();
  return ({ previous }) => {
    const pending: Step[] = [];
    let at = previous;
    while (at !== null && !byStep.has(at)) {
      pending.push(at);
      at = at.previous;
    }
    let all = (at && byStep.get(at)) ?? [];
    for (const step of pending.reverse()) {
      const own = collect(step);
      if (own.length > 0) all = [...all, ...own];
      byStep.set(step, all);
    }
    return all;
  };
}
