import type { Base } from '../model/source.ts';
import { baseText } from './base-text.ts';
import { comparedWith } from './changed-by.ts';
import { forkOf } from './changed.ts';

/** The text of a file where the branch left `ref`; null when it was not there. */
export const textBefore = async (root: string, ref: string, path: string): Promise<string | null> =>
  baseText(root, await forkOf(root, ref), path);

/** The text of a file before what a CI event changed; null when it was not there, or git cannot say. */
export async function textBeforeEvent(
  root: string,
  event: { readonly head: string | null; readonly base: Base; readonly atBase: boolean },
  path: string,
): Promise<string | null> {
  const commit = event.atBase ? 'HEAD' : await comparedWith(root, event);
  return commit === null ? null : baseText(root, commit, path);
}
