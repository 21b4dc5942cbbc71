import { Expected } from '../errors.ts';
import type { Repo } from '../framework.ts';
import type { Base, ChangedFile } from '../model/source.ts';
import { baseText } from './base-text.ts';
import { changedFrom, mergeBase, obtain, parents, resolve } from './changed.ts';
import { checkout } from './checkout.ts';

/**
 * The change of a pull request whose base is checked out, as on `pull_request_target`: its files are read from git and
 * laid over the checkout in memory, so that nothing of it reaches the disk or is run.
 * @returns null when it is not the base that is checked out
 * @throws Expected when the base is checked out, and the change cannot be fetched
 */
export async function proposed(
  root: string,
  { head, base }: { head: string | null; base: Base },
): Promise<{ repo: Repo; changed: readonly ChangedFile[] } | null> {
  const here = await resolve(root, 'HEAD').catch(() => null);
  if (head === null || here === null || here === head || (await parents(root)).includes(head)) return null;
  if (base.kind !== 'branch') return null;
  const fork = (await obtain(root, head)) ? await mergeBase(root, head) : null;
  if (fork === null)
    throw new Expected('The base is checked out, and the change of the pull request cannot be fetched.', {
      hint: 'Check out with `fetch-depth: 0` and leave the credentials in place.',
    });
  const changed = await changedFrom(root, fork, { to: head });
  return { changed, repo: overlay(await checkout(root), changed, path => baseText(root, head, path)) };
}

function overlay(repo: Repo, changed: readonly ChangedFile[], textAt: (path: string) => Promise<string | null>): Repo {
  const gone = new Set(
    changed.flatMap(({ path, status, previous }) => (status === 'removed' ? path : (previous ?? []))),
  );
  const fresh = new Set(changed.filter(file => file.status !== 'removed').map(file => file.path));
  const paths = [...new Set([...repo.paths.filter(path => !gone.has(path)), ...fresh])].sort();
  return {
    paths,
    read: async path => {
      if (!fresh.has(path)) return await repo.read(path);
      const text = await textAt(path);
      if (text === null) throw new Expected(`${JSON.stringify(path)} cannot be read.`);
      return text;
    },
  };
}
