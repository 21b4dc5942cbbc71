import type { Repo } from '../../model/framework.ts';
import type { Migration } from '../../model/source.ts';
import { withoutLineComments } from '../../sql/comments.ts';
import { sentBy, type Client, type Include } from '../../sql/psql.ts';
import { folderOf } from './files.ts';
import { withLineFeeds } from './line-ends.ts';

/** Files that include each other in a circle end here. */
const DEEPEST = 8;

/**
 * What the server receives of a file that a client reads first. The text of an included file stands on the line of the
 * command that includes it.
 */
export async function throughClient(
  repo: Repo,
  client: Client,
  { file, text }: { readonly file: string; readonly text: string },
  depth = 0,
): Promise<Pick<Migration, 'sql' | 'unread' | 'includes'>> {
  const { parts, unread } = sentBy(client, text);
  const unanalyzed = [...unread];
  const includes: string[] = [];
  const texts = parts.map(async part => {
    if (typeof part === 'string') return part;
    const path = pathOf(repo, part, file);
    const sent =
      path === null || depth === DEEPEST
        ? null
        : await throughClient(repo, client, { file: path, text: withLineFeeds(await repo.read(path)) }, depth + 1);
    if (path !== null) includes.push(path, ...(sent?.includes ?? []));
    if (sent === null || sent.unread.length > 0)
      unanalyzed.push({
        line: part.line,
        because: `psql includes ${JSON.stringify(part.path)} here, which could not be read.`,
      });
    return sent ? onOneLine(sent.sql) : '';
  });
  const sql = (await Promise.all(texts)).join('');
  return { sql, unread: unanalyzed, ...(includes.length > 0 && { includes }) };
}

/** In the checkout alone: beside the file, or from the top, where psql is mostly started. */
function pathOf(repo: Repo, { path, isRelative }: Include, file: string): string | null {
  const folders = isRelative ? [folderOf(file)] : ['', folderOf(file)];
  const existing = new Set(repo.paths);
  const candidates = folders.map(folder => joined(folder, path));
  return path.startsWith('/') ? null : (candidates.find(one => one !== null && existing.has(one)) ?? null);
}

/** Null where it leads out of the checkout. */
function joined(folder: string, path: string): string | null {
  const names = folder === '' ? [] : folder.split('/');
  for (const name of path.split('/')) {
    if (name === '..') {
      if (names.pop() === undefined) return null;
    } else if (name !== '.' && name !== '') names.push(name);
  }
  return names.join('/');
}

/** Line comments would hide what follows them. */
const onOneLine = (sql: string): string => withoutLineComments(sql).replace(/[\r\n]+/g, ' ');
