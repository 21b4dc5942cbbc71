import { dumpAsMigration, replayDump } from './schema-dump.ts';
import { UserError } from '../model/errors.ts';
import { textIn, type Repo } from '../model/framework.ts';
import type { Catalog } from '../model/schema.ts';
import type { ChangedFile, History, Migration } from '../model/source.ts';

export interface Around {
  readonly repo: Repo;
  readonly changed: readonly ChangedFile[];
  /** The files before the change; null where they are not known. */
  readonly base: Repo | null;
  readonly pg: number;
}

/** What replaces a history. */
export interface BaseSchema {
  readonly dump: Migration;
  readonly catalog: Catalog;
}

/** The dump `path` as it was before the change; null when the change brings it. */
export async function baseSchema(path: string, { repo, changed, base, pg }: Around): Promise<BaseSchema | null> {
  const own = changed.find(file => file.path === path || file.previous === path);
  if (own?.status === 'added') return null;
  if (own && !base)
    throw new UserError(`schema-dump: ${JSON.stringify(path)} is changed, and its previous version is not available.`, {
      hint: 'Make the base commit available to git: --base REF, or `fetch-depth: 0` in CI.',
    });
  const text = own && base ? await textIn(base, own.previous ?? path) : await textIn(repo, path);
  if (text === null) throw new UserError(`schema-dump: file ${JSON.stringify(path)} does not exist.`);
  const dump = dumpAsMigration(text, path);
  return { dump, catalog: await replayDump(dump, pg) };
}

/** What of a history runs on top of a dump. */
export const onlyChanged = (history: History): History => ({
  ...history,
  migrations: history.migrations.filter(migration => migration.changed),
});

/** The history as a database is to get it. */
export const onDump = (history: History, { dump }: BaseSchema): History => ({
  ...history,
  migrations: [dump, ...history.migrations],
});
