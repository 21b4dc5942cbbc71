import { UserError } from '../model/errors.ts';
import { git, gitOutput } from './git.ts';

/**
 * The commit at which the branch left `ref`.
 * @throws UserError when there is none
 */
export async function forkOf(root: string, ref: string): Promise<string> {
  const commit = await resolve(root, ref);
  if (commit === null)
    throw new UserError(`${JSON.stringify(ref)} is not a known commit.`, {
      hint: 'Give a branch, tag or commit. Fetch it first if necessary; in CI, check out with `fetch-depth: 0`.',
    });
  const base = await mergeBase(root, commit);
  if (base === null)
    throw new UserError(`HEAD and ${JSON.stringify(ref)} have no common ancestor.`, {
      hint: 'The clone may be shallow. Check out with `fetch-depth: 0`.',
    });
  return base;
}

/** Does a shallow clone end at the commit that is both checked out and the base? Then it cannot say what is new. */
export async function isTruncatedAt(root: string, ref: string): Promise<boolean> {
  const [current, base] = await Promise.all([resolve(root, 'HEAD'), resolve(root, ref)]);
  if (current === null || current !== base) return false;
  const shallow = await git(root, ['rev-parse', '--is-shallow-repository']);
  return shallow.stdout.toString('utf8').trim() === 'true';
}

/** The commit that a name stands for; null when there is none. */
export async function resolve(root: string, ref: string): Promise<string | null> {
  const { code, stdout } = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  return code === 0 ? stdout.toString('utf8').trim() : null;
}

/** The parents that HEAD names, which a shallow clone knows by name only. */
export async function parents(root: string): Promise<string[]> {
  const text = (await gitOutput(root, ['cat-file', '-p', 'HEAD'])).toString('utf8');
  const [header = ''] = text.split('\n\n', 1);
  return [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map(match => match[1] ?? '');
}

/** Whether this commit is here, if need be after fetching it alone. */
export async function obtain(root: string, commit: string): Promise<boolean> {
  if ((await resolve(root, commit)) !== null) return true;
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return false;
  const { code } = await git(root, ['fetch', '--no-tags', '--no-recurse-submodules', '--depth=1', 'origin', commit]);
  return code === 0 && (await resolve(root, commit)) !== null;
}

/** The best common ancestor of HEAD and this commit, deepening a shallow clone three times before giving up. */
export async function mergeBase(root: string, commit: string): Promise<string | null> {
  for (const depth of [0, 50, 500, 5000]) {
    if (depth > 0) {
      const shallow = (await gitOutput(root, ['rev-parse', '--is-shallow-repository'])).toString('utf8').trim();
      if (shallow !== 'true') return null;
      const head = await resolve(root, 'HEAD');
      const commits = [commit, ...(head === null ? [] : [head])];
      await git(root, ['fetch', '--no-tags', '--no-recurse-submodules', `--depth=${depth}`, 'origin', ...commits]);
    }
    const { code, stdout } = await git(root, ['merge-base', 'HEAD', commit]);
    if (code === 0) return stdout.toString('utf8').trim();
  }
  return null;
}
