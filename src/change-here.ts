import { Expected } from './errors.ts';
import type { ChangedFile } from './model/source.ts';
import { checkout } from './repo/checkout.ts';
import { fromTop, type Start } from './repo/start.ts';
import type { Input } from './run.ts';

/** What the command line says of the change. */
export interface Said {
  readonly all: boolean;
  readonly changed: readonly string[];
  readonly base: string | null;
}

/**
 * The change of the work tree, as far as it lies in the folder of the start: named, or what git has since the base. Git is
 * asked only when it is needed.
 */
export async function changeHere(
  said: Said,
  start: Start,
): Promise<Pick<Input, 'repo' | 'changed' | 'before' | 'named' | 'below'>> {
  const { top, below } = start;
  const named = said.changed.map(path => fromTop(start, path));
  return {
    repo: await checkout(top),
    changed: said.all ? [] : await changedOf(said, top, named),
    named,
    below: named.length > 0 ? '' : below,
    before: async path => {
      const from = await baseOf(said, top);
      return from === null ? null : (await import('./repo/text-before.ts')).textBefore(top, from, path);
    },
  };
}

async function changedOf(said: Said, root: string, named: readonly string[]): Promise<readonly ChangedFile[]> {
  if (named.length > 0) return named.map(path => ({ path, status: 'modified' }));
  const from = await baseOf(said, root);
  if (from !== null) {
    const { changedSince, isTruncatedAt } = await import('./repo/changed.ts');
    if (said.base === null && (await isTruncatedAt(root, from)))
      throw new Expected(
        `What changed is not known: the clone is shallow, and what is checked out is ${from} itself.`,
        {
          hint: 'Fetch the default branch (git fetch origin main:refs/remotes/origin/main; in CI: fetch-depth: 0), or say --base REF.',
        },
      );
    return changedSince(root, from);
  }
  throw await withoutBase(root);
}

/** Why no base is known, and the way out. */
async function withoutBase(root: string): Promise<Expected> {
  const branch = await (await import('./repo/default-base.ts')).branchHere(root);
  if (branch === null)
    return new Expected('What changed is not known: this is no git work tree.', {
      hint: 'Say --changed FILE or --all, or start it in the repository.',
    });
  return new Expected(
    `What changed is not known: this clone has no default branch (origin/HEAD, main or master) beside ${branch}.`,
    {
      hint: 'Fetch it: git fetch origin main:refs/remotes/origin/main (in CI: fetch-depth: 0). Or say --base REF, --changed FILE or --all.',
    },
  );
}

const baseOf = async ({ base }: Said, root: string): Promise<string | null> =>
  base ?? (await import('./repo/default-base.ts')).defaultBase(root);
