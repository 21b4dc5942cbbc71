import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Expected } from '../errors.ts';
import type { Repo } from '../framework.ts';
import { decode } from './decode.ts';
import { git, records, succeeded } from './git.ts';

const SKIPPED = new Set(['node_modules', '.git', 'dist']);
const SYMLINK = '120000';
const SUBMODULE = '160000';

/** The files below a folder: what git tracks and what it would track; without git, a walk. */
export async function checkout(root: string): Promise<Repo> {
  const top = realpathSync(root);
  const paths = ((await tracked(top)) ?? (await walk(top))).sort();
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
  const asked = await Promise.all(
    [['--stage'], ['--deleted'], ['--others', '--exclude-standard']].map(kind =>
      git(root, ['ls-files', '-z', ...kind]).catch(() => null),
    ),
  );
  for (const answer of asked)
    if (answer === null || /not a git repository|must be run in a work tree/.test(answer.stderr)) return null;
  const [staged, deleted, others] = asked.map(answer => records(succeeded('ls-files', root, answer)));
  const gone = new Set(deleted);
  const paths = new Set<string>();
  for (const entry of staged ?? []) {
    const tab = entry.indexOf('\t');
    const path = entry.slice(tab + 1);
    const mode = entry.slice(0, 6);
    if (mode === SUBMODULE || gone.has(path)) continue;
    if (mode !== SYMLINK || leadsInside(root, path)) paths.add(path);
  }
  // A repository inside this one is listed with a closing slash.
  for (const path of others ?? []) if (!path.endsWith('/') && leadsInside(root, path)) paths.add(path);
  return [...paths];
}

async function walk(root: string, folder = ''): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : await walk(root, path);
      return leadsInside(root, path) ? [path] : [];
    }),
  );
  return found.flat();
}

/** A file, or a link to one that lies below the root. */
function leadsInside(root: string, path: string): boolean {
  try {
    const full = join(root, path);
    if (!lstatSync(full).isSymbolicLink()) return lstatSync(full).isFile();
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
