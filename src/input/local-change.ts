import { UserError } from '../model/errors.ts';
import type { Input } from './input.ts';
import { checkout, inWorkTree } from '../repo/checkout.ts';
import { fromTop, type Start } from '../repo/start.ts';

/** What the command line says of the change. */
export interface LocalOptions {
  readonly all: boolean;
  readonly changed: readonly string[];
  readonly base: string | null;
}

type Change = Pick<Input, 'repo' | 'changed' | 'base' | 'files' | 'below'>;

/**
 * The change of the work tree, as far as it lies in the folder of the start: named, or what git has since the base. Git is
 * asked only when it is needed.
 */
export async function localChange(options: LocalOptions, start: Start): Promise<Change> {
  const { top } = start;
  const repo = await checkout(top);
  const files = options.changed.map(path => fromTop(start, path));
  const selection = { files, below: files.length > 0 ? '' : start.below };
  if (options.all) return { repo, changed: [], base: null, ...selection };
  const change = await sinceBase(options, top, repo, new Set(files));
  if (change) return { ...change, ...selection };
  if (files.length > 0)
    return { repo, changed: files.map(path => ({ path, status: 'modified' })), base: null, ...selection };
  throw await withoutBase(top);
}

/** Why no base is known, and the way out. */
async function withoutBase(root: string): Promise<UserError> {
  const branch = await (await import('../repo/default-base.ts')).branchHere(root);
  if (branch === null)
    return new UserError('Cannot determine what changed: this is not a git repository.', {
      hint: 'Use --changed FILE or --all, or run the command in the repository.',
    });
  return new UserError(
    `Cannot determine what changed: besides ${branch}, there is no default branch (origin/HEAD, main or master).`,
    {
      hint: 'Fetch it: git fetch origin main:refs/remotes/origin/main (in CI: fetch-depth: 0). Or use --base REF, --changed FILE or --all.',
    },
  );
}

/** Null where git knows no base. Of named files, those that git has seen no difference in are new: they are to be checked. */
async function sinceBase(
  { base }: LocalOptions,
  root: string,
  repo: Input['repo'],
  files: ReadonlySet<string>,
): Promise<Pick<Change, 'repo' | 'changed' | 'base'> | null> {
  if (!inWorkTree(root)) return null;
  const ref = base ?? (await (await import('../repo/default-base.ts')).defaultBase(root));
  if (ref === null) return null;
  const { isTruncatedAt } = await import('../repo/commits.ts');
  if (base === null && files.size === 0 && (await isTruncatedAt(root, ref)))
    throw new UserError(`Cannot determine what changed: the clone is shallow, and the checked-out commit is ${ref}.`, {
      hint: 'Fetch the default branch (git fetch origin main:refs/remotes/origin/main; in CI: fetch-depth: 0), or use --base REF.',
    });
  const [{ forkOf }, { differences, untouched }, { baseOf, throughLinks }, { Objects }] = await Promise.all([
    import('../repo/commits.ts'),
    import('../repo/differences.ts'),
    import('../repo/base.ts'),
    import('../repo/objects.ts'),
  ]);
  const fork = await forkOf(root, ref).catch((error: unknown) => {
    if (base === null && files.size > 0) return null;
    throw error;
  });
  if (fork === null) return null;
  const tracked = await differences(root, fork, { untracked: true });
  const all = [...tracked, ...throughLinks(repo, tracked)];
  if (files.size === 0) return { repo, changed: all, base: baseOf(new Objects(root), repo, all) };
  const selected = all.filter(
    ({ path, previous }) => files.has(path) || (previous !== undefined && files.has(previous)),
  );
  const changed = [...selected, ...untouched(files, selected)];
  return { repo, changed, base: baseOf(new Objects(root), repo, changed) };
}
