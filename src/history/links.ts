import type { Repo } from '../model/framework.ts';
import type { BlindSpot } from '../model/report.ts';
import { onLine, type ChangedFile, type History } from '../model/source.ts';

/** A folder or a file that is called so may hold migrations, though nothing of it is read. */
const LIKE_MIGRATIONS = /\.sql$|migrat|(^|\/)(db|database|sql|schema|drizzle|prisma|supabase|versions|deploy)$/i;

/** What stands in the place of migrations and is not followed: a tool would find others there, or none. */
export function unfollowed(
  { notFollowed = new Map() }: Repo,
  { heads, bases }: { readonly heads: readonly History[]; readonly bases: readonly History[] },
  changed: readonly ChangedFile[],
): BlindSpot[] {
  if (notFollowed.size === 0) return [];
  const touched = new Set(changed.map(({ path }) => path));
  const files = [...heads, ...bases].flatMap(({ migrations }) => migrations.map(({ file }) => file));
  const folders = new Set(files.map(folderOf));
  const running = new Set(
    heads.flatMap(({ migrations }) => migrations.flatMap(one => (one.changed ? folderOf(one.file) : []))),
  );
  return [...notFollowed].flatMap(([path, what]): BlindSpot[] => {
    const because = `${path} is ${what}: migrations found there are not analyzed.`;
    const replaces = files.some(file => file.startsWith(`${path}/`));
    const isPlace = folders.has(folderOf(path)) || LIKE_MIGRATIONS.test(path);
    if (replaces || (touched.has(path) && isPlace)) return [{ span: onLine(path), because, kind: 'unread' }];
    return running.has(folderOf(path)) ? [{ span: onLine(path), because, kind: 'unproven' }] : [];
  });
}

/** Without migrations that are read a second time through a link, under the name of which nothing was read before. */
export function withoutCopies(
  histories: readonly History[],
  { links = new Map() }: Repo,
  isKnown: (path: string) => boolean = () => false,
): readonly History[] {
  if (links.size === 0) return histories;
  const files = new Set(histories.flatMap(({ migrations }) => migrations.map(({ file }) => file)));
  const isCopy = (file: string): boolean => {
    for (const [link, target] of links)
      if (file === link || file.startsWith(`${link}/`))
        return !isKnown(file) && files.has(`${target}${file.slice(link.length)}`);
    return false;
  };
  return histories
    .map(history => ({ ...history, migrations: history.migrations.filter(({ file }) => !isCopy(file)) }))
    .filter(({ migrations }) => migrations.length > 0);
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
