import { folderOf, nameOf } from '../frameworks/shared/files.ts';

const WORDS =
  'postgres(?:ql)?|pg|mysql|mariadb|sqlite3?|clickhouse|h2|hsqldb|db2|planetscale|mssql|sqlserver|oracle|cockroach(?:db)?|duckdb|spanner';
const OURS = /^(postgres(ql)?|pg)$/i;
/** A word among others: `sqlite-store`. */
const WORD = new RegExp(`(?:^|[._-])(${WORDS})(?=[._-]|$)`, 'gi');
const WHOLE = new RegExp(`^(?:${WORDS})$`, 'i');
const SUFFIX = new RegExp(`\\.(${WORDS})(?=(?:\\.(?:up|down|do|undo|autocommit|tx))*\\.[^.]+$)`, 'i');
/** A file that only says which way it leads: its folder is the migration. */
const UNNAMED = /^(up|down|undo|rollback|revert|migration)\.[^/]+$/i;
const MIGRATIONS = /migrat/i;

/** The folder that a migration lies in, which is never the migration's own. */
const homeOf = (path: string): string => folderOf(UNNAMED.test(nameOf(path)) ? folderOf(path) : path);

/**
 * Which files are another database's, by where they lie; the answer is the folder or suffix that says so.
 *
 * A folder above the migrations may hold the word among others; one below `migrations` must be the word itself. A suffix
 * counts where the same name with another database's suffix, or without one, is beside it. Either must be established: it,
 * or a Postgres folder beside it, has files that this change does not touch, or all of it is new. The migration's own name
 * never counts.
 */
export function foreignPlaces(paths: readonly string[], changed: ReadonlySet<string>): (path: string) => string | null {
  const layout = lazily(() => layoutOf(paths, changed));
  const byFolder = new Map<string, string | null>();
  const folderSays = (home: string): string | null => {
    const cached = byFolder.get(home);
    if (cached !== undefined) return cached;
    const folder = foreignFolder(home);
    const result = folder !== null && isEstablished(folder, layout()) ? folder : null;
    byFolder.set(home, result);
    return result;
  };
  return path => suffixSays(path, layout, changed) ?? folderSays(homeOf(path));
}

/** What lies in each folder, by name, and which folders hold a file that is not changed. */
interface Layout {
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly settled: ReadonlySet<string>;
}

/** The database that a path names last says whose dialect the file is in. */
function foreignFolder(home: string): string | null {
  const segments = home.split('/');
  const top = segments.findIndex(segment => MIGRATIONS.test(segment));
  let other: { readonly word: string; readonly folder: string } | null = null;
  for (const [at, segment] of segments.entries()) {
    const below = top >= 0 && at > top;
    const word = below ? (WHOLE.test(segment) ? segment : null) : ([...segment.matchAll(WORD)].at(-1)?.[1] ?? null);
    if (word !== null) other = { word, folder: segments.slice(0, at + 1).join('/') };
  }
  return other !== null && !OURS.test(other.word) ? other.folder : null;
}

function isEstablished(folder: string, { names, settled }: Layout): boolean {
  const parent = folderOf(folder);
  const ours = (names.get(parent) ?? []).filter(name =>
    [...name.matchAll(WORD)].some(([, word = '']) => OURS.test(word)),
  );
  const at = (name: string): string => (parent === '' ? name : `${parent}/${name}`);
  return settled.has(folder) || ours.some(name => !settled.has(parent) || settled.has(at(name)));
}

function suffixSays(path: string, layout: () => Layout, changed: ReadonlySet<string>): string | null {
  const name = nameOf(path);
  const [whole, word = ''] = SUFFIX.exec(name) ?? [];
  if (whole === undefined || OURS.test(word)) return null;
  const folder = folderOf(path);
  const { names, settled } = layout();
  const siblings = (names.get(folder) ?? []).filter(other => other !== name);
  const bare = name.replace(whole, '');
  const bareOf = (other: string): string => other.replace(SUFFIX.exec(other)?.[0] ?? '', '');
  const isOld = (other: string): boolean => !changed.has(folder === '' ? other : `${folder}/${other}`);
  const isUsual = !settled.has(folder) || siblings.some(other => SUFFIX.test(other) && isOld(other));
  return isUsual && siblings.some(other => bareOf(other) === bare) ? whole : null;
}

function layoutOf(paths: readonly string[], changed: ReadonlySet<string>): Layout {
  const names = new Map<string, Set<string>>();
  const settled = new Set<string>();
  for (const path of paths) {
    for (let at = path; at !== ''; at = folderOf(at)) {
      const folder = folderOf(at);
      const own = names.get(folder) ?? new Set<string>();
      names.set(folder, own);
      if (own.has(nameOf(at))) break;
      own.add(nameOf(at));
    }
    if (changed.has(path)) continue;
    for (let folder = folderOf(path); folder !== '' && !settled.has(folder); folder = folderOf(folder))
      settled.add(folder);
  }
  return { names: new Map([...names].map(([folder, own]) => [folder, [...own]])), settled };
}

function lazily<T>(make: () => T): () => T {
  let result: { readonly value: T } | null = null;
  return () => (result ??= { value: make() }).value;
}

/** Words and signs of other databases' SQL. A text that has some is parsed before it is believed. */
const SIGNS =
  /`[^`\n]+`|\b(auto_?increment|engine\s*=|identity\s*\(\s*\d|nvarchar|varchar2|number\s*\(|mergetree|pragma\s|tinyint|datetime2?|unsigned\b|strict\s*;)|^\s*go\s*$/im;
export const hasForeignSigns = (sql: string): boolean => SIGNS.test(sql);

/** A declaration of a tool: `postgresql`, `postgres`, `pg`; any other word is another database. */
export const isOurs = (declared: string): boolean => OURS.test(declared);

/** Whether any part of a path, the file's own name included, names another database. */
export function namesOther(path: string): boolean {
  const words = path.split('/').flatMap(segment => [...segment.matchAll(WORD)].map(([, word = '']) => word));
  return words.some(word => !OURS.test(word));
}
