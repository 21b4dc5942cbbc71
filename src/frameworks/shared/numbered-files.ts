import type { Repo } from '../../model/framework.ts';
import type { History, Migration } from '../../model/source.ts';
import { folderOf, nameOf } from './files.ts';
import { groupBy } from '../../model/group-by.ts';
import { historyOf, type Found } from './history.ts';
import { natural } from './order.ts';

/** Files side by side in a folder, in natural order of their names; `found` says what each of them is. */
export async function numberedFiles(
  repo: Repo,
  framework: string,
  files: readonly string[],
  base: Pick<Migration, 'transaction' | 'noTransaction'>,
  found: (file: string) => readonly Found[],
  prepare?: (text: string, found: Found) => Partial<Migration> & { sql: string },
): Promise<History[]> {
  const sorted = [...files].sort((a, b) => natural(nameOf(a), nameOf(b)));
  return Promise.all(
    [...groupBy(sorted, folderOf)].map(([root, paths]) =>
      historyOf(repo, framework, root, paths.flatMap(found), base, prepare),
    ),
  );
}
