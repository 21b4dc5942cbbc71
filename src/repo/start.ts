import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, posix, relative, sep } from 'node:path';
import { git } from './git.ts';

/** Where a command was started. */
export interface Start {
  /** The top of the git work tree, where there is one: the marks of tools lie above the folders of migrations. */
  readonly top: string;
  /** The folder in which it was started, relative to the top: empty when it is the top. */
  readonly below: string;
}

/** A folder of which git tracks nothing is a tree of its own: a home directory may be a repository. */
export async function startOf(folder: string): Promise<Start> {
  const realFolder = realpathSync(folder);
  if (process.env.GIT_DIR !== undefined) return { top: realFolder, below: '' };
  const top = topOf(realFolder);
  if (top === null || top === realFolder || !(await isTracked(realFolder))) return { top: realFolder, below: '' };
  return { top, below: relative(top, realFolder).split(sep).join('/') };
}

/** A path or glob that was written for the folder of the start, for the top; `.` is all that lies there. */
export function fromTop({ top, below }: Start, written: string): string {
  const path = isAbsolute(written) ? relative(top, written).split(sep).join('/') : posix.join(below, written);
  return path === '.' || path === './' || path === '' ? '**' : path.replace(/\/+$/, '');
}

/** A path of the top as a command that is run in the folder of the start knows it. */
export const fromStart = ({ below }: Start, path: string): string => posix.relative(below, path);

function topOf(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return null;
  }
}

async function isTracked(folder: string): Promise<boolean> {
  const answer = await git(folder, ['ls-files', '-z', '--', '.']).catch(() => null);
  return answer?.code === 0 && answer.stdout.length > 0;
}
