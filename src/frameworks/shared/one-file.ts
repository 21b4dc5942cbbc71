import type { Repo } from '../../model/framework.ts';
import type { Delivery, History, Migration, NoTransaction } from '../../model/source.ts';
import { folderOf, nameOf } from './files.ts';
import { groupBy } from '../../model/group-by.ts';
import { historyOf, type FoundMigration } from './history.ts';
import { natural } from './order.ts';
import { before, sections } from './sections.ts';

/** A tool that keeps both directions in one file, parted by markers. */
export interface Markers {
  readonly up: RegExp;
  readonly down: RegExp;
  /** In the whole text: this direction runs outside a transaction. */
  readonly outside: Readonly<Record<Migration['direction'], RegExp>>;
  /** How it runs then. */
  readonly then: Delivery;
  readonly noTransaction: NoTransaction;
  readonly id: (file: string) => string;
  /** Files without the up marker that are this tool's: text before the down marker is the way up. */
  readonly whole?: (text: string, file: string) => boolean;
  /** Text between the markers as the tool sends it. */
  readonly tidy?: (sql: string) => Pick<Migration, 'sql' | 'unread' | 'messages'>;
}

/** Files of these names that hold the up marker, in natural order, each as an up and a down migration. */
export async function oneFile(
  repo: Repo,
  framework: string,
  files: readonly string[],
  markers: Markers,
): Promise<History[]> {
  const texts = await Promise.all(files.map(async file => [file, await repo.read(file)] as const));
  const isWhole = (text: string, file: string): boolean => markers.whole?.(text, file) === true;
  const own = texts
    .filter(([file, text]) => text.split('\n').some(line => markers.up.test(line)) || isWhole(text, file))
    .map(([file]) => file);
  const tidy = markers.tidy ?? ((sql: string) => ({ sql }));
  return Promise.all(
    [
      ...groupBy(
        [...own].sort((a, b) => natural(nameOf(a), nameOf(b))),
        folderOf,
      ),
    ].map(([root, paths]) => {
      const textOf = new Map(texts);
      const migrations = paths.flatMap((file): FoundMigration[] => {
        const text = textOf.get(file) ?? '';
        const up: FoundMigration = { id: markers.id(file), file, direction: 'up' };
        return isWhole(text, file) && !text.split('\n').some(line => markers.down.test(line))
          ? [up]
          : [up, { ...up, direction: 'down' }];
      });
      const base = { transaction: 'whole-file', noTransaction: markers.noTransaction } as const;
      return historyOf(repo, framework, root, migrations, base, (text, { file, direction }) => {
        const parts = isWhole(text, file) ? before(text, markers.down) : sections(text, markers.up, markers.down);
        const read = tidy(direction === 'up' ? parts.up : parts.down);
        return markers.outside[direction].test(text) ? { ...read, transaction: markers.then } : read;
      });
    }),
  );
}

/** `20240101_users.sql` to `20240101`. */
export const digitsOf = (file: string): string => /^\d+/.exec(nameOf(file))?.[0] ?? nameOf(file);
/** Candidates: numbered SQL files. */
export const numbered = (paths: readonly string[]): string[] =>
  paths.filter(path => /(^|\/)\d+[^/]*\.sql$/.test(path) && !/\.(up|down)\.sql$/.test(path));
