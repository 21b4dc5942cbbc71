import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { Expected } from '../errors.ts';
import type { Repo } from '../framework.ts';
import { decode } from './decode.ts';
import { git, records, succeeded } from './git.ts';

const SKIPPED = new Set(['node_modules', '.git', 'dist']);
const SYMLINK = '120000';
const SUBMODULE = '160000';

/** `H 100644 <object> 0<TAB>path` for what is in the index, `? path` for what is not; R is deleted. */
const ENTRY = /^(\S) (?:(\d{6}) [0-9a-f]+ \d\t)?([\s\S]*)$/;

/** The files below a folder: what git tracks and what it would track; without git, a walk. */
export async function checkout(root: string): Promise<Repo> {
  const top = realpathSync(root);
  const paths = ((await tracked(top)) ?? walk(top)).sort();
  const known = new Set(paths);
  return {
    paths,
    read: path => {
      if (!known.has(path)) return Promise.reject(new Expected(`${JSON.stringify(path)} is not in the checkout.`));
      return new Promise(resolve => resolve(decode(bytesOf(top, path), path)));
    },
  };
}

/** Null when git does not answer for this folder, or there is no git. */
async function tracked(root: string): Promise<string[] | null> {
  if (!inWorkTree(root)) return null;
  const list = ['ls-files', '-z', '-t', '--stage', '--deleted', '--others', '--exclude-standard'];
  const answer = await git(root, list).catch(() => null);
  if (answer === null || /not a git repository|must be run in a work tree/.test(answer.stderr)) return null;
  const paths = new Set<string>();
  const gone = new Set<string>();
  for (const entry of records(succeeded('ls-files', root, answer))) {
    const [, tag, mode, path = ''] = ENTRY.exec(entry) ?? [];
    if (tag === 'R') gone.add(path);
    else if (tag === '?') {
      // A repository inside this one is listed with a closing slash.
      if (!path.endsWith('/') && leadsInside(root, path)) paths.add(path);
    } else if (mode !== SUBMODULE && (mode !== SYMLINK || leadsInside(root, path))) paths.add(path);
  }
  return [...paths].filter(path => !gone.has(path));
}

/** Starting git only to hear that there is no repository costs more than to look. */
export function inWorkTree(root: string): boolean {
  if (process.env.GIT_DIR !== undefined) return true;
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return true;
    if (dirname(folder) === folder) return false;
  }
}

function walk(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(root, path);
    return entry.isFile() || (entry.isSymbolicLink() && leadsInside(root, path)) ? [path] : [];
  });
}

/** A file, or a link to one that lies below the root. */
function leadsInside(root: string, path: string): boolean {
  try {
    const full = join(root, path);
    const entry = lstatSync(full);
    if (!entry.isSymbolicLink()) return entry.isFile();
    const target = realpathSync(full);
    const inside = relative(root, target);
    return inside !== '..' && !inside.startsWith(`..${sep}`) && statSync(target).isFile();
  } catch {
    return false;
  }
}

function bytesOf(root: string, path: string): Buffer {
  try {
    return readFileSync(join(root, path));
  } catch (cause) {
    throw new Expected(`${JSON.stringify(path)} cannot be read.`, { cause });
  }
}
