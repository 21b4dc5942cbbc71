import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { Repo } from '../model/framework.ts';
import { decode } from './decode.ts';
import { SUBMODULE, SYMLINK } from './differences.ts';
import { git, records, succeeded } from './git.ts';

const SKIPPED = new Set(['node_modules', '.git', 'dist']);

/** `H 100644 <object> 0<TAB>path` for what is in the index, `? path` for what is not; R is deleted. */
const ENTRY = /^(\S) (?:(\d{6}) [0-9a-f]+ \d\t)?([\s\S]*)$/;

/** The files below a folder: what git tracks and what it would track; without git, a walk. */
export async function checkout(root: string): Promise<Repo> {
  const top = realpathSync(root);
  const {
    links,
    notFollowed,
    paths: listed,
  } = (await tracked(top)) ?? { links: NONE, notFollowed: NONE, paths: walk(top) };
  const paths = [...listed, ...below(links, listed)].sort();
  const existing = new Set(paths);
  // Every tool that knows its files by their words reads all that could be its own, on both sides of the change.
  const texts = new Map<string, string>();
  const textOf = (path: string): string => {
    const text = texts.get(path) ?? decode(bytesOf(top, path), path);
    texts.set(path, text);
    return text;
  };
  return {
    paths,
    links,
    notFollowed,
    read: path => {
      if (!existing.has(path))
        return Promise.reject(new UserError(`${JSON.stringify(path)} does not exist in the checkout.`));
      return new Promise(resolve => resolve(textOf(path)));
    },
  };
}

const NONE: ReadonlyMap<string, string> = new Map();

/** The files of folders that a link leads to, under the link's name. */
const below = (links: ReadonlyMap<string, string>, paths: readonly string[]): string[] =>
  [...links].flatMap(([link, target]) =>
    paths.flatMap(path => (path.startsWith(`${target}/`) ? `${link}${path.slice(target.length)}` : [])),
  );

const A_SUBMODULE = 'a submodule';

interface Tracked {
  readonly paths: readonly string[];
  readonly links: ReadonlyMap<string, string>;
  readonly notFollowed: ReadonlyMap<string, string>;
}

/** Null when git does not answer for this folder, or there is no git. */
async function tracked(root: string): Promise<Tracked | null> {
  if (!inWorkTree(root)) return null;
  const list = ['ls-files', '-z', '-t', '--stage', '--deleted', '--others', '--exclude-standard'];
  const answer = await git(root, list).catch(() => null);
  if (answer === null || /not a git repository|must be run in a work tree/.test(answer.stderr)) return null;
  const paths = new Set<string>();
  const removed = new Set<string>();
  const links = new Map<string, string>();
  const notFollowed = new Map<string, string>();
  const add = (path: string): void => {
    const target = targetOf(root, path);
    if (target === null) notFollowed.set(path, 'a symbolic link that leads outside, or nowhere');
    else if (target.isFile) paths.add(path);
    if (target !== null && target.path !== path) links.set(path, target.path);
  };
  for (const entry of records(succeeded('ls-files', root, answer))) {
    const [, tag, mode, path = ''] = ENTRY.exec(entry) ?? [];
    if (tag === 'R') removed.add(path);
    // A repository inside this one is listed with a closing slash.
    else if (tag === '?') {
      if (!path.endsWith('/')) add(path);
    } else if (mode === SUBMODULE) notFollowed.set(path, A_SUBMODULE);
    else if (mode === SYMLINK) add(path);
    else paths.add(path);
  }
  // A submodule without its folder is one that was not fetched.
  for (const path of removed) {
    links.delete(path);
    if (notFollowed.get(path) !== A_SUBMODULE) notFollowed.delete(path);
  }
  return { paths: [...paths].filter(path => !removed.has(path)), links, notFollowed };
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
  return readdirSync(`${root}/${folder}`, { withFileTypes: true }).flatMap(entry => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(root, path);
    return entry.isFile() || (entry.isSymbolicLink() && leadsInside(root, path)) ? [path] : [];
  });
}

const leadsInside = (root: string, path: string): boolean => targetOf(root, path)?.isFile === true;

/** Where a path leads below the root: itself, or for a link its target; null where that is outside or nowhere. */
function targetOf(root: string, path: string): { path: string; isFile: boolean } | null {
  try {
    const full = join(root, path);
    if (!lstatSync(full).isSymbolicLink()) return { path, isFile: true };
    const target = realpathSync(full);
    const inside = relative(root, target);
    if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return null;
    return { path: inside.split(sep).join('/'), isFile: statSync(target).isFile() };
  } catch {
    return null;
  }
}

function bytesOf(root: string, path: string): Buffer {
  try {
    return readFileSync(`${root}/${path}`);
  } catch (cause) {
    throw new UserError(`${JSON.stringify(path)} cannot be read.`, { cause });
  }
}
