import { UserError } from '../model/errors.ts';
import type { Base } from '../model/source.ts';
import { mergeBase, obtain, parents, resolve } from './commits.ts';
import { differences, type Difference } from './differences.ts';
import { git } from './git.ts';

/** The tree without files, which every git knows. */
const EMPTY = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** What of an event says what it changed. */
interface Change {
  readonly head: string | null;
  readonly base: Base;
}

/** What a CI event changed, by what is checked out; null when git cannot say. */
export async function changedBy(root: string, change: Change): Promise<readonly Difference[] | null> {
  const from = await comparedWith(root, change);
  return from === null ? null : await differences(root, from);
}

/**
 * The commit that what is checked out is compared with; null when git cannot say.
 *
 * For a pull request GitHub checks out a merge commit whose first parent is the base as it is now, while the event's
 * own base commit is stale as soon as the branch moves on.
 */
async function comparedWith(root: string, { head, base }: Change): Promise<string | null> {
  const current = await resolve(root, 'HEAD').catch(() => null);
  if (current === null) return null;
  if (head !== null && current !== head) {
    const [first, second] = await parents(root);
    if (first === undefined || second !== head)
      throw new UserError('The checked-out commit is not the one that the event is about.', {
        hint: 'Use actions/checkout without `ref`.',
      });
    return (await obtain(root, first)) ? first : null;
  }
  const from = await start(root, base);
  return from === current ? await before(root) : from;
}

async function start(root: string, base: Base): Promise<string | null> {
  if (base.kind === 'commit' && (await obtain(root, base.sha))) return base.sha;
  const tip = (await fetchBranch(root, base.ref)) ?? (base.kind === 'branch' ? base.tip : null);
  return tip !== null && (await obtain(root, tip)) ? await mergeBase(root, tip) : null;
}

/** The newest commit of a branch of the origin, or the newest known where the origin does not answer. */
async function fetchBranch(root: string, ref: string): Promise<string | null> {
  const remote = `refs/remotes/origin/${ref}`;
  const shallow = await git(root, ['rev-parse', '--is-shallow-repository']);
  const depth = shallow.stdout.toString('utf8').trim() === 'true' ? ['--depth=1'] : [];
  const spec = `+refs/heads/${ref}:${remote}`;
  await git(root, ['fetch', '--no-tags', '--no-recurse-submodules', ...depth, 'origin', spec]);
  return await resolve(root, remote);
}

/** On the default branch itself: what its newest commit brought. */
async function before(root: string): Promise<string> {
  const [first] = await parents(root);
  return first !== undefined && (await obtain(root, first)) ? first : EMPTY;
}
