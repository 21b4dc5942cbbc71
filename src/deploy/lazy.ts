import type { Options } from '../config/options.ts';
import type { Applied } from '../model/applied.ts';
import type { Place } from './applied.ts';
import type { Run } from './action.ts';

/** Loaded only by runs that ask for it: which merged migrations are applied where; null if no history is given. */
export const appliedBy = async (options: Options, place: Place, version: string): Promise<Applied | null> =>
  options.history.length === 0 ? null : await (await import('./applied.ts')).appliedBy(options, place, version);

/** `mode: deploy` of the action. */
export const deployInAction = async (run: Run): Promise<void> =>
  await (await import('./action.ts')).deployInAction(run);
