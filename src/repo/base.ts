import { posix } from 'node:path';
import type { Repo } from '../model/framework.ts';
import { decode } from './decode.ts';
import { SUBMODULE, SYMLINK, type Difference, type Entry } from './differences.ts';
import { Objects } from './objects.ts';
import { overlay, type Overlaid } from './overlay.ts';

/** Where git's objects are read. */
interface Readable {
  /** Null when there is no such object. */
  read(object: string): Promise<Buffer | null>;
}

/**
 * The files as they were before a change: those of `head` with the old side of each difference laid over them. Nothing
 * is read until it is asked for.
 */
export function baseOf(objects: Readable, head: Repo, changed: readonly Difference[]): Repo {
  const laid = new Map<string, Overlaid>();
  for (const { path } of changed) laid.set(path, null);
  const base = (): Repo => result;
  const isLink = new Set(changed.flatMap(({ path, previous = path, was }) => (was?.mode === SYMLINK ? previous : [])));
  for (const { path, previous = path, was } of changed) {
    if (was === null || was.mode === SUBMODULE) continue;
    const own = textOf(objects, previous, was);
    laid.set(previous, was.mode === SYMLINK ? async () => await followed(base(), previous, await own(), isLink) : own);
  }
  const touched = new Set(changed.map(({ path }) => path));
  const links = new Map([...(head.links ?? [])].filter(([link]) => !touched.has(link)));
  const result: Repo = { ...overlay(head, laid), links };
  return result;
}

/** The files of a commit of which the working tree holds another: those of `base` with the new sides laid over them. */
export function headOver(root: string, base: Repo, changed: readonly Difference[]): Repo {
  const objects = new Objects(root);
  const laid = new Map<string, Overlaid>();
  const notFollowed = new Map(base.notFollowed);
  for (const { path, previous = path, is } of changed) {
    laid.set(previous, null);
    notFollowed.delete(path);
    if (is?.mode === SYMLINK)
      notFollowed.set(path, 'a symbolic link, which is not followed where the base is checked out');
    else if (is?.mode === SUBMODULE) notFollowed.set(path, 'a submodule');
    else if (is !== null) laid.set(path, textOf(objects, path, is));
    if (is === null || notFollowed.has(path)) laid.set(path, null);
  }
  return { ...overlay(base, laid), notFollowed };
}

const textOf =
  (objects: Readable, path: string, { object }: Entry) =>
  async (): Promise<string> =>
    decode((await objects.read(object)) ?? Buffer.of(), path);

/** What stood where a link led; nothing where that was outside, a folder, or one more link. */
async function followed(base: Repo, link: string, target: string, isLink: ReadonlySet<string>): Promise<string> {
  const path = posix.join(posix.dirname(link), target.trim());
  return !isLink.has(path) && base.paths.includes(path) ? await base.read(path) : '';
}

/**
 * The differences that are seen under other names: through links to files and folders that changed, and below a link
 * that is new or leads elsewhere.
 */
export function throughLinks({ links = new Map(), paths }: Repo, changed: readonly Difference[]): Difference[] {
  const touched = new Set(changed.map(({ path }) => path));
  return [...links].flatMap(([link, target]) => {
    if (touched.has(link))
      return paths.flatMap((path): Difference[] =>
        path.startsWith(`${link}/`) ? [{ path, status: 'added', was: null, is: FILE }] : [],
      );
    const under = (path: string): string | null =>
      path === target || path.startsWith(`${target}/`) ? `${link}${path.slice(target.length)}` : null;
    return changed.flatMap(({ previous, ...one }): Difference[] => {
      const [path, old] = [under(one.path), previous === undefined ? null : under(previous)];
      if (path !== null && old !== null) return [{ ...one, path, previous: old }];
      if (path !== null)
        return [
          {
            ...one,
            path,
            status: one.status === 'renamed' ? 'added' : one.status,
            was: previous === undefined ? one.was : null,
          },
        ];
      return old === null ? [] : [{ path: old, status: 'removed', was: one.was, is: null }];
    });
  });
}

const FILE: Entry = { mode: '100644', object: '' };
