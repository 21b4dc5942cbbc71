import type { Framework } from '../model/framework.ts';
import type { History, Migration } from '../model/source.ts';

type Before = ((path: string) => Promise<string | null>) | null | undefined;

/**
 * Of a changed file that holds several migrations, those that stood in it before, word for word, are history. Without
 * the text before, which of them are new is not known.
 */
export async function withoutOld(history: History, tool: Framework, before: Before): Promise<History> {
  const shared = sharedFiles(history);
  if (shared.size === 0) return history;
  const old = new Set<string>();
  for (const path of shared) {
    const text = await before?.(path);
    if (typeof text !== 'string') continue;
    const was = await tool.histories({ paths: [path], read: () => Promise.resolve(text) });
    for (const one of was.flatMap(({ migrations }) => migrations)) old.add(wordForWord(one));
  }
  const because =
    'It is unclear which migrations of this file are new, because the previous version of the file is not available.';
  return {
    ...history,
    migrations: history.migrations.map(one => {
      if (!shared.has(one.file)) return one;
      if (!before) return { ...one, unread: [...one.unread, { line: 1, because }] };
      return old.has(wordForWord(one)) ? { ...one, changed: false } : one;
    }),
  };
}

const wordForWord = (one: Migration): string =>
  [one.direction, one.id, one.file, one.transaction, one.sql.trim()].join('\n');

/** Changed files with more than one migration up. */
function sharedFiles({ migrations }: History): Set<string> {
  const ups = migrations.filter(one => one.changed && one.direction === 'up').map(({ file }) => file);
  return new Set(ups.filter((file, at) => ups.indexOf(file) !== at));
}
