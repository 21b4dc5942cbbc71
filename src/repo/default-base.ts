import { resolve } from './changed.ts';

/** The branch that work leaves from, when git knows one. */
export async function defaultBase(root: string): Promise<string | null> {
  for (const candidate of ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'])
    if ((await resolve(root, candidate).catch(() => null)) !== null) return candidate;
  return null;
}
