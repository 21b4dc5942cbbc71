import type { History } from '../../model/source.ts';
import { nameOf } from './files.ts';
import { natural } from './order.ts';

/** Histories of one tool that lie in the same folder, SQL files and programs, as the one history that they are. */
export function merged(histories: readonly History[]): History[] {
  const byRoot = new Map<string, History>();
  for (const history of histories) {
    const other = byRoot.get(history.root);
    byRoot.set(history.root, other ? { ...other, migrations: [...other.migrations, ...history.migrations] } : history);
  }
  return [...byRoot.values()].map(history => ({
    ...history,
    migrations: history.migrations.toSorted((a, b) => natural(nameOf(a.file), nameOf(b.file))),
  }));
}
