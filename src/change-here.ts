import { Expected } from './errors.ts';
import type { ChangedFile } from './model/source.ts';
import { checkout } from './repo/checkout.ts';
import type { Input } from './run.ts';

/** What the command line says of the change. */
export interface Said {
  readonly all: boolean;
  readonly changed: readonly string[];
  readonly base: string | null;
}

/** The change of the work tree around `root`: named, or what git has since the base. Git is asked only when it is needed. */
export async function changeHere(said: Said, root: string): Promise<Pick<Input, 'repo' | 'changed' | 'before'>> {
  return {
    repo: await checkout(root),
    changed: said.all ? [] : await changedOf(said, root),
    before: async path => {
      const from = await baseOf(said, root);
      return from === null ? null : (await import('./repo/text-before.ts')).textBefore(root, from, path);
    },
  };
}

async function changedOf(said: Said, root: string): Promise<readonly ChangedFile[]> {
  if (said.changed.length > 0)
    return said.changed.map(path => ({ path: path.replace(/^\.\//, ''), status: 'modified' }));
  const from = await baseOf(said, root);
  if (from !== null) return (await import('./repo/changed.ts')).changedSince(root, from);
  throw new Expected('what changed is not known: this is no git work tree with a default branch', {
    hint: 'Say --base REF, --changed FILE or --all.',
  });
}

const baseOf = async ({ base }: Said, root: string): Promise<string | null> =>
  base ?? (await import('./repo/default-base.ts')).defaultBase(root);
