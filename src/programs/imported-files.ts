import type { Repo } from '../model/framework.ts';
import { HERE } from './entry.ts';
import { textOf, type Text } from './value.ts';

/** Files that a program asked for, by path; null until it has been read. */
export type Files = Map<string, string | null>;

/** Finds a file by the path that a program gives: below its own folder, or below the top, where tools are started. */
export function fileFinder(repo: Repo, program: string, files: Files): (path: string) => Text | null {
  const folder = program.slice(0, Math.max(0, program.lastIndexOf('/')));
  return path => {
    const own = normal(`${folder}/${path.replace(HERE, '')}`);
    const resolved = [own, path.startsWith(HERE) ? own : normal(path)].find(each => repo.paths.includes(each));
    if (resolved === undefined) return null;
    const text = files.get(resolved) ?? null;
    files.set(resolved, text);
    return text === null ? null : textOf(text, 1, resolved);
  };
}

/** Without `.` and `..`. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  return parts.join('/');
}
