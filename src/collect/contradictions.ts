import type { Framework } from '../framework.ts';
import { frameworks } from '../frameworks/index.ts';
import type { History } from '../model/source.ts';

/** A history in which the files that carry the markers of another tool say so. */
export function contradicted(history: History, disowned: ReadonlyMap<string, readonly Framework[]>): History {
  if (disowned.size === 0) return history;
  const title = frameworks.find(({ id }) => id === history.framework)?.title ?? history.framework;
  return {
    ...history,
    migrations: history.migrations.map(one => {
      const others = one.changed ? (disowned.get(one.file) ?? []).filter(({ id }) => id !== history.framework) : [];
      const unread = others.map(other => ({ line: 1, because: because(title, other.title) }));
      return unread.length === 0 ? one : { ...one, unread: [...one.unread, ...unread] };
    }),
  };
}

const because = (owner: string, other: string): string =>
  `The folder is read as ${owner}'s, and the file has markers of ${other}: which of them runs it is not known. Remove the markers, or set \`framework\`.`;
