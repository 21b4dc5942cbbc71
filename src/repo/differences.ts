import type { ChangedFile } from '../model/source.ts';
import { gitOutput, records } from './git.ts';

/** What git holds under a path: `mode` as in a tree, `object` all zeros where it is only in the working tree. */
export interface Entry {
  readonly mode: string;
  readonly object: string;
}

export const SYMLINK = '120000';
export const SUBMODULE = '160000';

/** A changed file with both of its sides; null on the side where there is none. */
export interface Difference extends ChangedFile {
  readonly was: Entry | null;
  readonly is: Entry | null;
}

/**
 * What the files of the working tree, or those of the commit `to`, changed since this very commit; `untracked` counts
 * new files that git does not know.
 */
export async function differences(
  root: string,
  base: string,
  { untracked = false, to }: { untracked?: boolean; to?: string } = {},
): Promise<Difference[]> {
  const commits = to === undefined ? [base] : [base, to];
  // What lies about in a submodule is not of the change; the commit that it stands at is.
  const options = ['-z', '--raw', '--no-abbrev', '-M', '--relative', '--no-ext-diff', '--ignore-submodules=dirty'];
  const [tracked, unknown] = await Promise.all([
    gitOutput(root, ['diff', ...options, ...commits, '--']),
    untracked ? gitOutput(root, ['ls-files', '-z', '--others', '--exclude-standard']) : Buffer.of(),
  ]);
  const all = [...raw(records(tracked))];
  for (const path of records(unknown))
    if (!path.endsWith('/')) all.push({ path, status: 'added', was: null, is: { mode: '100644', object: NONE } });
  return all;
}

const NONE = '0'.repeat(40);
const HEADER = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])/;

/** `-z --raw`: a header, then one path, or two for a rename or a copy (git-diff manual, "raw output format"). */
function* raw(fields: readonly string[]): Generator<Difference> {
  for (let at = 0; at < fields.length; at += 2) {
    const [, oldMode = '', newMode = '', oldObject = '', newObject = '', letter = ''] =
      HEADER.exec(fields[at] ?? '') ?? [];
    const [first = '', second = ''] = [fields[at + 1], fields[at + 2]];
    const was = oldMode === '000000' ? null : { mode: oldMode, object: oldObject };
    const is = newMode === '000000' ? null : { mode: newMode, object: newObject };
    if (letter === 'R' || letter === 'C') at += 1;
    if (letter === 'R') yield { path: second, status: 'renamed', previous: first, was, is };
    else if (letter === 'C') yield { path: second, status: 'added', was: null, is };
    else yield { path: first, status: was === null ? 'added' : is === null ? 'removed' : 'modified', was, is };
  }
}

/** Paths without a difference, as files that were not there before. */
export function untouched(paths: ReadonlySet<string>, all: readonly Difference[]): Difference[] {
  const touched = new Set(all.flatMap(({ path, previous }) => [path, previous ?? path]));
  return [...paths]
    .filter(path => !touched.has(path))
    .map(path => ({ path, status: 'added', was: null, is: { mode: '100644', object: NONE } }));
}
