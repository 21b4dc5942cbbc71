import type { Framework, Repo } from '../model/framework.ts';
import { folderOf, nameOf } from '../frameworks/shared/files.ts';
import type { History } from '../model/source.ts';

/** A history as one tool sees it, before it is known whose the files are. */
export interface Claim {
  readonly tool: Framework;
  readonly history: History;
}

export interface Ownership {
  readonly claims: readonly Claim[];
  /** Files with the markers of tools that do not have their folder. */
  readonly disowned: ReadonlyMap<string, readonly Framework[]>;
}

interface Around {
  readonly repo: Repo;
  readonly changed: ReadonlySet<string>;
  readonly owners: Owners;
}

/** The tools, by id, that read a file before the change, or the folder that a new one is in; null where none did. */
export type Owners = (path: string) => ReadonlySet<string> | null;

const NUMBERED = /^(\d|[VRU]\d*[\d._]*__)[^/]*\.sql$/i;
/** Enough of a folder to say whose it is. */
const SAMPLE = 9;

/**
 * Whose a folder is, where words in files are all that speaks for a tool: the base's tool, else that of the files which
 * this change does not touch, else, in a new folder, the words, unless names or marks of the project speak for another.
 * A file with words of another tool stays with its folder.
 */
export async function ownership(claims: readonly Claim[], around: Around): Promise<Ownership> {
  const disowned = new Map<string, Framework[]>();
  const ownedClaims: Claim[] = [];
  const declaredFiles = new Set(
    claims.filter(({ tool }) => !tool.markers).flatMap(({ history }) => history.migrations.map(({ file }) => file)),
  );
  for (const { tool, history } of claims) {
    if (!tool.markers) {
      ownedClaims.push({ tool, history });
      continue;
    }
    const unowned = new Set<string>();
    for (const [folder, files] of byFolder(history))
      if (!(await isOwner(tool, { folder, files, declaredFiles }, around))) for (const file of files) unowned.add(file);
    for (const file of unowned)
      if (await hasMarkers(tool, file, around.repo)) disowned.set(file, [...(disowned.get(file) ?? []), tool]);
    ownedClaims.push({
      tool,
      history: { ...history, migrations: history.migrations.filter(({ file }) => !unowned.has(file)) },
    });
  }
  return { claims: ownedClaims, disowned };
}

function byFolder({ migrations }: History): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const { file } of migrations) {
    if (!file.endsWith('.sql')) continue;
    const own = folders.get(folderOf(file)) ?? new Set<string>();
    own.add(file);
    folders.set(folderOf(file), own);
  }
  return folders;
}

interface Folder {
  readonly folder: string;
  /** Those that the tool claims. */
  readonly files: ReadonlySet<string>;
  /** Those that a tool known by more than words claims. */
  readonly declaredFiles: ReadonlySet<string>;
}

async function isOwner(tool: Framework, { folder, files, declaredFiles }: Folder, around: Around): Promise<boolean> {
  const { repo, changed, owners } = around;
  const was = [...files].map(file => owners(file)).find(ids => ids !== null);
  if (was) return was.has(tool.id);
  if (![...files].some(file => changed.has(file))) return true;
  const untouched: Repo = { ...repo, paths: repo.paths.filter(path => !changed.has(path)) };
  if (await tool.markers?.settled?.(untouched, folder)) return true;
  const old = neighbours(folder, untouched.paths);
  if (old.length === 0) return ![...files].some(file => declaredFiles.has(file));
  if (tool.markers?.every !== true) {
    for (const path of old) if (await hasMarkers(tool, path, repo)) return true;
    return false;
  }
  const sample = await Promise.all(old.slice(-SAMPLE).map(path => hasMarkers(tool, path, repo)));
  return sample.filter(Boolean).length * 2 >= sample.length;
}

/** SQL files of the folder, or, where it is new below one of migrations, of that: the numbered ones, if there are any. */
function neighbours(folder: string, paths: readonly string[]): string[] {
  const sql = paths.filter(path => path.endsWith('.sql'));
  const inFolder = sql.filter(path => folderOf(path) === folder);
  const above = folderOf(folder);
  const candidates =
    inFolder.length === 0 && /migrat/i.test(above) ? sql.filter(path => path.startsWith(`${above}/`)) : inFolder;
  const numbered = candidates.filter(isNumbered);
  return numbered.length > 0 ? numbered : candidates;
}

export const isNumbered = (path: string): boolean => NUMBERED.test(nameOf(path));

async function hasMarkers({ markers }: Framework, path: string, repo: Repo): Promise<boolean> {
  return path.endsWith('.sql') && markers?.pattern.test(await repo.read(path)) === true;
}
