import type { Repo } from '../framework.ts';
import { decode } from './decode.ts';
import { SUBMODULE, SYMLINK, type Difference, type Entry } from './differences.ts';
import { Objects } from './objects.ts';
import { overlay, type Laid } from './overlay.ts';

/**
 * The files as they were before a change: those of `head` with the old side of each difference laid over them. Nothing
 * is read until it is asked for.
 */
export function baseOf(root: string, head: Repo, changed: readonly Difference[]): Repo {
  return beneath(head, changed, textsOf(root));
}

/** The files of a commit of which the working tree holds another: those of `base` with the new sides laid over them. */
export function headOver(root: string, base: Repo, changed: readonly Difference[]): Repo {
  const texts = textsOf(root);
  const laid = new Map<string, Laid>();
  for (const { path, previous, is } of changed) {
    if (previous !== undefined) laid.set(previous, null);
    laid.set(path, is === null ? null : texts(path, is));
  }
  return overlay(base, laid);
}

type Texts = (path: string, entry: Entry) => Laid;

function beneath(head: Repo, changed: readonly Difference[], texts: Texts): Repo {
  const laid = new Map<string, Laid>();
  for (const { path } of changed) laid.set(path, null);
  for (const { path, previous = path, was } of changed) if (was !== null) laid.set(previous, texts(previous, was));
  return overlay(head, laid);
}

function textsOf(root: string): Texts {
  const objects = new Objects(root);
  return (path, { mode, object }) =>
    mode === SYMLINK || mode === SUBMODULE
      ? null
      : async () => decode((await objects.read(object)) ?? Buffer.of(), path);
}
