import { UserError } from '../model/errors.ts';
import type { Repo } from '../model/framework.ts';
import type { Base } from '../model/source.ts';
import { headOver } from './base.ts';
import { checkout } from './checkout.ts';
import { mergeBase, obtain, parents, resolve } from './commits.ts';
import { differences, type Difference } from './differences.ts';

/**
 * The change of a pull request whose base is checked out, as on `pull_request_target`: its files are read from git and
 * laid over the checkout in memory, so that nothing of it reaches the disk or is run.
 * @returns null when it is not the base that is checked out
 * @throws UserError when the base is checked out, and the change cannot be fetched
 */
export async function proposed(
  root: string,
  { head, base }: { head: string | null; base: Base },
): Promise<{ repo: Repo; base: Repo; changed: readonly Difference[] } | null> {
  const current = await resolve(root, 'HEAD').catch(() => null);
  if (head === null || current === null || current === head || (await parents(root)).includes(head)) return null;
  if (base.kind !== 'branch') return null;
  const fork = (await obtain(root, head)) ? await mergeBase(root, head) : null;
  if (fork === null)
    throw new UserError('The base branch is checked out, and the head commit of the pull request cannot be fetched.', {
      hint: 'Check out with `fetch-depth: 0` and `persist-credentials: true`.',
    });
  const changed = await differences(root, fork, { to: head });
  const files = await checkout(root);
  return { changed, base: files, repo: headOver(root, files, changed) };
}
