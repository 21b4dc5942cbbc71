import type { Repo } from '../../model/framework.ts';
import type { History, Migration } from '../../model/source.ts';
import { folderOf, nameOf } from './files.ts';
import { groupBy } from '../../model/group-by.ts';
import { historyOf, type FoundMigration } from './history.ts';
import { natural } from './order.ts';

/** Files side by side in a folder, in natural order of their names; `migrationsOf` says what each of them is. */
export async function numberedFiles(
  repo: Repo,
  framework: string,
  files: readonly string[],
  base: Pick<Migration, 'transaction' | 'noTransaction'>,
  migrationsOf: (file: string) => readonly FoundMigration[],
  prepare?: (text: string, migration: FoundMigration) => Partial<Migration> & { sql: string },
): Promise<History[]> {
  const sorted = [...files].sort((a, b) => natural(nameOf(a), nameOf(b)));
  return Promise.all(
    [...groupBy(sorted, folderOf)].map(([root, paths]) =>
      historyOf(repo, framework, root, paths.flatMap(migrationsOf), base, prepare),
    ),
  );
}
