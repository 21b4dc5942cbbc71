import { Expected } from './errors.ts';
import { checkout, inWorkTree } from './repo/checkout.ts';
import type { Input } from './input/input.ts';

/** What the command line says of the change. */
export interface Said {
  readonly all: boolean;
  readonly changed: readonly string[];
  readonly base: string | null;
}

type Change = Pick<Input, 'repo' | 'changed' | 'base'>;

/** The change of the work tree around `root`: named, or what git has since the base. Git is asked only when it is needed. */
export async function changeHere(said: Said, root: string): Promise<Change> {
  const repo = await checkout(root);
  if (said.all) return { repo, changed: [], base: null };
  const named = new Set(said.changed.map(path => path.replace(/^\.\//, '')));
  const change = await sinceBase(said, root, repo, named);
  if (change) return change;
  if (named.size > 0) return { repo, changed: [...named].map(path => ({ path, status: 'modified' })), base: null };
  throw new Expected('what changed is not known: this is no git work tree with a default branch', {
    hint: 'Say --base REF, --changed FILE or --all.',
  });
}

/** Null where git knows no base. Of named files, those that git has seen no difference in are new: they are to be judged. */
async function sinceBase(
  { base }: Said,
  root: string,
  repo: Input['repo'],
  named: ReadonlySet<string>,
): Promise<Change | null> {
  if (!inWorkTree(root)) return null;
  const ref = base ?? (await (await import('./repo/default-base.ts')).defaultBase(root));
  if (ref === null) return null;
  const [{ forkOf }, { differences, untouched }, { baseOf, throughLinks }, { Objects }] = await Promise.all([
    import('./repo/commits.ts'),
    import('./repo/differences.ts'),
    import('./repo/base.ts'),
    import('./repo/objects.ts'),
  ]);
  const fork = await forkOf(root, ref).catch((error: unknown) => {
    if (base === null && named.size > 0) return null;
    throw error;
  });
  if (fork === null) return null;
  const known = await differences(root, fork, { untracked: true });
  const found = [...known, ...throughLinks(repo, known)];
  if (named.size === 0) return { repo, changed: found, base: baseOf(new Objects(root), repo, found) };
  const asked = found.filter(
    ({ path, previous }) => named.has(path) || (previous !== undefined && named.has(previous)),
  );
  const changed = [...asked, ...untouched(named, asked)];
  return { repo, changed, base: baseOf(new Objects(root), repo, changed) };
}
