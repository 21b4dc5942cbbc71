import type { Repo } from '../../model/framework.ts';
import type { History, Migration } from '../../model/source.ts';
import { folderOf, nameOf } from './files.ts';
import { groupBy } from '../../model/group-by.ts';
import { historyOf } from './history.ts';
import { natural, plain } from './order.ts';

/** Tools that keep `NNN_name.up.sql` and `NNN_name.down.sql` side by side, ordered by number. */
export async function upDown(
  repo: Repo,
  framework: string,
  files: readonly string[],
  base: Pick<Migration, 'transaction' | 'noTransaction'>,
  prepare?: (text: string) => Partial<Migration> & { sql: string },
): Promise<History[]> {
  const sorted = [...files].sort((a, b) => natural(numberOf(a), numberOf(b)) || plain(a, b));
  return Promise.all(
    [...groupBy(sorted, rootOf)].map(([root, paths]) => {
      const migrations = paths.map(file => ({
        id: nameOf(file).replace(/\.(up|down)\.[^/]*$|\.sql$/, ''),
        file,
        direction: DIRECTED.exec(nameOf(file))?.[1] === 'down' ? ('down' as const) : ('up' as const),
      }));
      return historyOf(repo, framework, root, migrations, base, prepare);
    }),
  );
}

/** A history may be kept in numbered folders, one a release: `migrations/3/01_users.up.sql`. */
const NUMBERED = /\/\d+$/;
const rootOf = (path: string): string => folderOf(path).replace(NUMBERED, '');
const numberOf = (path: string): string =>
  `${NUMBERED.exec(folderOf(path))?.[0] ?? ''}/${/^\d+/.exec(nameOf(path))?.[0] ?? '0'}`;

/** golang-migrate's own pattern (source/parse.go): the last direction counts, and any ending is taken. */
const DIRECTED = /^\d+_.*\.(down|up)\..*$/;
const UP = /^\d+_.*\.up\.sql$/;
/** Pairs by folder, of which at least one up file is there. */
export const pairs = (paths: readonly string[]): string[] => {
  const folders = new Set(paths.filter(path => UP.test(nameOf(path))).map(folderOf));
  return paths.filter(path => folders.has(folderOf(path)) && /^\d+_.*\.(up|down)\.sql$/.test(nameOf(path)));
};
const MANIFEST = /(^|\/)(Cargo\.toml|go\.mod)$/;
const MARK = /(^|\/)(\.sqlx\/|sqlx-data\.json$|sqlx\.toml$)/;

/**
 * Which files sqlx would run: those whose nearest manifest is a Rust crate's, in a repository without Diesel or with
 * sqlx's own marks.
 */
export function ofSqlx(paths: readonly string[]): (path: string) => boolean {
  const marked = paths.some(path => MARK.test(path));
  if (!marked && paths.some(path => /(^|\/)diesel\.toml$/.test(path))) return () => false;
  const manifests = new Map(paths.filter(path => MANIFEST.test(path)).map(path => [folderOf(path), nameOf(path)]));
  return path => {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      const manifest = manifests.get(folder);
      if (manifest !== undefined) return manifest === 'Cargo.toml';
      if (folder === '') return marked;
    }
  };
}

/** Those beside them with other endings, `2_x.up.txt`, which golang-migrate runs. */
export function otherEndings(paths: readonly string[], own: readonly string[]): string[] {
  const folders = new Set(own.map(folderOf));
  const excluded = new Set(own);
  return paths.filter(path => folders.has(folderOf(path)) && !excluded.has(path) && DIRECTED.test(nameOf(path)));
}
