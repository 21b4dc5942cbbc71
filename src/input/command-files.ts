import { posix } from 'node:path';
import { textIn, type Repo } from '../model/framework.ts';
import { bare } from '../model/bare.ts';
import type { ChangedFile } from '../model/source.ts';

interface Change {
  readonly repo: Repo;
  readonly base: Repo | null;
  readonly changed: readonly ChangedFile[];
}

const RUNNERS = /^(npm|pnpm|yarn|bun|make|just|task|rake)$/;
const FILES_OF: Readonly<Partial<Record<string, RegExp>>> = bare({
  make: /^(GNUm|M|m)akefile$/,
  just: /^\.?[Jj]ustfile$/,
  task: /^[Tt]askfile\.ya?ml$/,
  rake: /^[Rr]akefile(\.rb)?$/,
});
const DEEPEST = 5;

/** Changed files that a command names, itself or through a script of package.json or a file of rules such as make's. */
export async function changedIn(command: string, change: Change, depth = 0): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  if (depth > DEEPEST) return reasons;
  const words = command.split(/[\s;&|()<>"'`=]+/).filter(word => word !== '');
  const changed = [...new Set(change.changed.flatMap(({ path, previous }) => [path, previous ?? path]))];
  for (const word of words) {
    const path = posix.normalize(word).replace(/^\.\//, '').replace(/\/$/, '');
    if (path.includes('..') || path === '.') continue;
    for (const one of changed)
      if (one === path || one.endsWith(`/${path}`) || (one.startsWith(`${path}/`) && path !== ''))
        reasons.set(one, 'it');
  }
  for (const runner of words.filter(word => RUNNERS.test(word))) {
    const file = FILES_OF[runner];
    if (file)
      for (const one of changed) if (file.test(posix.basename(one))) reasons.set(one, `${runner}, which reads it`);
    if (file) continue;
    for (const script of words) {
      const [was, is] = await Promise.all([scriptOf(change.base, script), scriptOf(change.repo, script)]);
      if (was !== is) reasons.set('package.json', `its script ${script}`);
      if (is === null || is === command) continue;
      for (const [path] of await changedIn(is, change, depth + 1)) reasons.set(path, `it by the script ${script}`);
    }
  }
  return reasons;
}

async function scriptOf(repo: Repo | null, name: string): Promise<string | null> {
  const text = repo && (await textIn(repo, 'package.json'));
  if (typeof text !== 'string') return null;
  try {
    const parsed = JSON.parse(text) as { readonly scripts?: Readonly<Record<string, unknown>> } | null;
    const script = Object.entries(parsed?.scripts ?? {}).find(([key]) => key === name)?.[1];
    return typeof script === 'string' ? script : null;
  } catch {
    return null;
  }
}
