import type { History } from '../model/source.ts';

type Owners = (path: string) => ReadonlySet<string> | null;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/**
 * Which tools read a file before the change: those that read it itself, else those that read a file beside it, in its
 * folder or, where each migration has a folder of its own, in the one around it.
 */
export function ownersOf(bases: readonly History[]): Owners {
  const files = new Map<string, Set<string>>();
  const folders = new Map<string, Set<string>>();
  const add = (to: Map<string, Set<string>>, key: string, tool: string): void =>
    void to.set(key, (to.get(key) ?? new Set()).add(tool));
  for (const { framework, root, migrations } of bases) {
    add(folders, root, framework);
    for (const { file } of migrations) {
      add(files, file, framework);
      add(folders, folderOf(file), framework);
    }
  }
  return path => files.get(path) ?? folders.get(folderOf(path)) ?? folders.get(folderOf(folderOf(path))) ?? null;
}
