import type { Repo } from '../model/framework.ts';

/** A path's text in the place of the one below; null: it is not there. */
export type Overlaid = (() => Promise<string>) | null;

/** A repository with other files laid over it. */
export function overlay(below: Repo, laid: ReadonlyMap<string, Overlaid>): Repo {
  if (laid.size === 0) return below;
  const paths = below.paths.filter(path => !laid.has(path));
  for (const [path, text] of laid) if (text !== null) paths.push(path);
  return {
    paths: paths.sort(),
    read: path => laid.get(path)?.() ?? below.read(path),
  };
}
