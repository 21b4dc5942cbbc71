import type { Framework } from '../model/framework.ts';
import { frameworks } from '../frameworks/index.ts';
import type { History, Migration } from '../model/source.ts';

/** A history in which the files that carry the markers of another tool say so. */
export function contradicted(history: History, disowned: ReadonlyMap<string, readonly Framework[]>): History {
  const title = frameworks.find(({ id }) => id === history.framework)?.title ?? history.framework;
  return {
    ...history,
    migrations: history.migrations.map(one => {
      const others = one.changed && one.direction === 'up' ? othersOf(one, disowned.get(one.file) ?? []) : [];
      const contradictions = others.map(other => ({ line: 1, because: because(title, other.title) }));
      return contradictions.length === 0 ? one : { ...one, unread: [...one.unread, ...contradictions] };
    }),
  };
}

/** Those that claimed it, and those whose markers are in a file that no other sign gives to its tool. */
function othersOf({ framework, file, sql }: Migration, claimants: readonly Framework[]): Framework[] {
  const isDirected = /\.up\.[^.]+$/.test(file);
  const marked = isDirected || !sql.includes('--') ? [] : MARKED.filter(({ markers }) => markers?.pattern.test(sql));
  return [...new Set([...claimants, ...marked])].filter(({ id }) => id !== framework);
}

/** Whose markers are no words of everyday comments. */
const MARKED = frameworks.filter(({ id, markers }) => markers !== undefined && id !== 'node-pg-migrate');

const because = (owner: string, other: string): string =>
  `The directory is read as ${owner}, but the file contains markers of ${other}, so it is unclear which tool runs it. Remove the markers, or set \`framework\`.`;
