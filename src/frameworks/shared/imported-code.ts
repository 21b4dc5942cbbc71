import type { Repo } from '../../model/framework.ts';
import { folderOf } from './files.ts';

/** Statements and calls of import, export and require; types alone are nothing that runs. */
const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*(['"`])([^'"`\n]{1,300})\1/g;
const TYPES_ONLY = /\bimport\s+type\b[^;'"]{0,2000}?\bfrom\s*(['"])[^'"\n]{1,300}\1/g;
const ENDINGS = ['', '.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx', '.json', '/index.ts', '/index.js'];
/** Files that are followed from one program. */
const MOST = 200;

/** The files of the repository that programs import, by program; what those import, too. */
export async function importedCode(
  repo: Repo,
  programs: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const there = new Set(repo.paths);
  const known = new Map<string, readonly string[]>();
  const direct = async (file: string, text?: string): Promise<readonly string[]> => {
    const found =
      known.get(file) ?? specifiers(text ?? (await repo.read(file).catch(() => ''))).flatMap(at(file, there));
    known.set(file, found);
    return found;
  };
  const all = new Map<string, readonly string[]>();
  for (const [file, text] of programs) {
    const seen = new Set([file]);
    const pending = [...(await direct(file, text))];
    for (let next = pending.pop(); next !== undefined && seen.size < MOST; next = pending.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (!next.endsWith('.json')) pending.push(...(await direct(next)));
    }
    seen.delete(file);
    if (seen.size > 0) all.set(file, [...seen]);
  }
  return all;
}

const specifiers = (text: string): string[] =>
  [...text.replace(TYPES_ONLY, '').matchAll(SPECIFIER)].map(([, , specifier = '']) => specifier);

/** A path below the importing file's folder, or one from the top, as `@/` and `~/` stand for in most projects. */
const at =
  (file: string, there: ReadonlySet<string>) =>
  (specifier: string): string[] => {
    const [, alias] = /^(?:[@~#]\/|(?=src\/))(.*)/.exec(specifier) ?? [];
    const roots = specifier.startsWith('.')
      ? [joined(folderOf(file), specifier)]
      : alias === undefined
        ? []
        : folders(file).flatMap(folder => [joined(folder, alias), joined(folder, `src/${alias}`)]);
    for (const root of roots)
      for (const path of [root, root.replace(/\.[cm]?js$/, '')])
        for (const ending of ENDINGS) if (there.has(path + ending)) return [path + ending];
    return [];
  };

/** The folders around a file, the innermost first. */
function folders(file: string): string[] {
  const found: string[] = [];
  for (let folder = folderOf(file); folder !== ''; folder = folderOf(folder)) found.push(folder);
  return [...found, ''];
}

function joined(folder: string, path: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  return parts.join('/');
}
