import type { Framework, Repo } from '../model/framework.ts';
import { folderOf, nameOf } from '../frameworks/shared/files.ts';
import { historyOf } from '../frameworks/shared/history.ts';
import { natural } from '../frameworks/shared/order.ts';
import type { History, Migration } from '../model/source.ts';
import type { Claim } from './ownership.ts';
import { isNumbered } from './ownership.ts';

/** A tool whose folders are known to hold files for other runners, too: those are part of what was applied. */
const MIXED = new Set(['golang-migrate']);

interface Around {
  readonly repo: Repo;
  readonly changed: ReadonlySet<string>;
  readonly isTaken: (path: string) => boolean;
}

/**
 * A history with numbered SQL files of its folders that its tool does not take: they are one history, not two. Those that
 * changed are read as if they ran, with the reason why it is not known whether they do.
 */
export async function withExtraFiles({ tool, history }: Claim, { repo, changed, isTaken }: Around): Promise<History> {
  const folders = new Set(history.migrations.filter(isFlat).map(({ file }) => folderOf(file)));
  if (folders.size === 0) return history;
  const strays = repo.paths.filter(
    path =>
      folders.has(folderOf(path)) &&
      isNumbered(path) &&
      !isTaken(path) &&
      (changed.has(path) || (MIXED.has(tool.id) && !isDown(path))),
  );
  const like = history.migrations.find(({ direction }) => direction === 'up');
  if (strays.length === 0 || like === undefined) return history;
  const base = { transaction: tool.transaction, noTransaction: like.noTransaction };
  const entries = strays.map(file => ({ id: nameOf(file).replace(/\.sql$/i, ''), file, direction: 'up' as const }));
  const read = await historyOf(repo, tool.id, history.root, entries, base, (sql, { file }) =>
    changed.has(file) ? { sql, unread: [{ line: 1, because: because(tool) }] } : { sql },
  );
  return { ...history, migrations: inserted(history.migrations, read.migrations) };
}

const isFlat = ({ file, direction }: Migration): boolean => direction === 'up' && isNumbered(file);
const isDown = (path: string): boolean => /(^|[._-])(down|undo|rollback|revert)\.sql$/i.test(nameOf(path));

const because = ({ title, extra }: Framework): string =>
  `${extra ?? `The directory belongs to ${title}, which does not run files with this kind of name or content.`} So it is unclear whether this file runs. Rename or move it, or set \`framework\`.`;

/** By their names among those of the history, whose own order stays. */
function inserted(own: readonly Migration[], strays: readonly Migration[]): Migration[] {
  const all = [...own];
  for (const extra of strays) {
    const at = all.findIndex(({ file }) => natural(nameOf(file), nameOf(extra.file)) > 0);
    all.splice(at < 0 ? all.length : at, 0, extra);
  }
  return all;
}
