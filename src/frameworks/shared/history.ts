import type { Repo } from '../../framework.ts';
import type { History, Migration } from '../../model/source.ts';
import { blankPsql } from './blank.ts';

/** A migration before the parts that are alike everywhere are filled in. */
export type Found = Pick<Migration, 'id' | 'file' | 'direction'> & Partial<Migration>;

/** Reads the files of one history; `prepare` makes of each text what the tool sends. */
export async function historyOf(
  repo: Repo,
  framework: string,
  root: string,
  found: readonly Found[],
  base: Pick<Migration, 'transaction' | 'noTransaction'>,
  prepare: (text: string, found: Found) => Partial<Migration> & { sql: string } = text => ({ sql: text }),
): Promise<History> {
  const migrations = await Promise.all(
    found.map(async (one): Promise<Migration> => {
      const prepared = prepare(await repo.read(one.file), one);
      const { sql, unread } = blankPsql(prepared.sql);
      return {
        framework,
        changed: false,
        ...base,
        ...one,
        ...prepared,
        sql,
        unread: [...(prepared.unread ?? []), ...unread],
      };
    }),
  );
  return { framework, root, migrations };
}
