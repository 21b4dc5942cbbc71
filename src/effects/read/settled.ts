import type { Change } from '../../model/effect.ts';

/** On a change whose statement was read as one of its own: what it sets off stands beside it. */
const SETTLED = Symbol('settled');

export const settle = (change: Change): Change => Object.assign({ ...change }, { [SETTLED]: true });
export const isSettled = (change: Change): boolean => SETTLED in change;
