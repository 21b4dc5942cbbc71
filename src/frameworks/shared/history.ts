import type { Repo } from '../../model/framework.ts';
import type { History, Migration } from '../../model/source.ts';
import type { Client } from '../../sql/psql.ts';
import { throughClient } from './client.ts';
import { notUtf8, oneLineToTools, withLineFeeds } from './line-ends.ts';
import { templatesInNames } from './substituted.ts';

/** A migration before the parts that are alike everywhere are filled in. */
export type FoundMigration = Pick<Migration, 'id' | 'file' | 'direction'> & Partial<Migration>;

/** How the files of a history are run when nothing says otherwise; `client` is what reads them before the server does. */
export type Base = Pick<Migration, 'transaction' | 'noTransaction'> & { readonly client?: Client };

/** Reads the files of one history; `prepare` makes of each text what the tool sends. */
export async function historyOf(
  repo: Repo,
  framework: string,
  root: string,
  entries: readonly FoundMigration[],
  { client, ...base }: Base,
  prepare: (text: string, entry: FoundMigration) => Partial<Migration> & { sql: string } = text => ({ sql: text }),
): Promise<History> {
  const texts = await Promise.all(entries.map(({ file }) => repo.read(file)));
  // In order: what one makes of a template may be known to the next.
  const all = entries.map((one, at) => {
    const raw = texts[at] ?? '';
    const text = withLineFeeds(raw);
    const prepared = prepare(text, one);
    return { one, prepared: { ...prepared, sql: withLineFeeds(prepared.sql) }, raw, isWhole: prepared.sql === text };
  });
  const migrations = await Promise.all(
    all.map(async ({ one, prepared, raw, isWhole }): Promise<Migration> => {
      const { sql, unread, includes } = client
        ? await throughClient(repo, client, { file: one.file, text: prepared.sql })
        : { sql: prepared.sql, unread: [], includes: undefined };
      const isReadByLines = !isWhole || sql !== prepared.sql;
      const uncertain = [...oneLineToTools(raw, isReadByLines), ...notUtf8(sql), ...templatesInNames(sql)];
      return {
        framework,
        changed: false,
        ...base,
        ...one,
        ...prepared,
        sql,
        ...(includes && { includes }),
        unread: [...(prepared.unread ?? []), ...unread, ...uncertain],
      };
    }),
  );
  return { framework, root, migrations };
}
