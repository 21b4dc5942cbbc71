import { git } from './git.ts';

const CANDIDATES = [
  'remotes/origin/HEAD',
  'remotes/origin/main',
  'remotes/origin/master',
  'heads/main',
  'heads/master',
];

/** The branch that work leaves from, when git knows one. */
export async function defaultBase(root: string): Promise<string | null> {
  const refs = CANDIDATES.map(name => `refs/${name}`);
  const answer = await git(root, ['for-each-ref', '--format=%(refname)', ...refs]).catch(() => null);
  const existing = new Set(answer?.stdout.toString('utf8').split('\n'));
  return refs.find(ref => existing.has(ref)) ?? null;
}

/** The branch or commit that is checked out; null where there is no git work tree. */
export async function branchHere(root: string): Promise<string | null> {
  const branch = await git(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']).catch(() => null);
  if (branch?.code === 0) return branch.stdout.toString('utf8').trim();
  const head = await git(root, ['rev-parse', '--short', 'HEAD']).catch(() => null);
  return head?.code === 0 ? head.stdout.toString('utf8').trim() : null;
}
