import type { ChangedFile, History } from '../model/source.ts';

/** Tools that look at each file by itself, so that one more or less changes nothing for the others. */
const ONE_BY_ONE: ReadonlySet<string> = new Set([
  ...['alembic', 'dbmate', 'django', 'ecto', 'ef-core', 'golang-migrate', 'goose', 'knex', 'plain-sql', 'prisma'],
  ...['rails', 'sequelize', 'sql-migrate', 'supabase', 'typeorm'],
]);

/** What a tool may look for, or be configured by. */
const LIKE_MARK =
  /\.(toml|ya?ml|json|conf|sum|mod|plan|lock|properties|cfg|ini)$|(rc|file|config|source)(\.[cm]?[jt]s)?$/i;
/** What may have been a migration. */
const LIKE_MIGRATION = /\.(sql|py|exs|cs|rb|rs)$|migrat|(^|\/)(versions|deploy|revert)\/|\d{3}[^/]*\.[cm]?[jt]s$/i;

/**
 * The histories before a change that only adds migrations, from those after it; null where that is not certain, and the
 * files of the base have to be looked at.
 */
export function beforeAdding(heads: readonly History[], changed: readonly ChangedFile[]): readonly History[] | null {
  const owners = new Map<string, History>();
  for (const head of heads) for (const { file } of head.migrations) owners.set(file, head);
  const added = new Set<string>();
  const included = new Set(
    heads.flatMap(head => head.migrations.flatMap(({ includes = [], imports = [] }) => [...includes, ...imports])),
  );
  for (const { path, status, previous = path } of changed) {
    if (included.has(path) || included.has(previous)) return null;
    const history = owners.get(path);
    if (status !== 'added' || history) {
      if (status !== 'added' || !history || !ONE_BY_ONE.has(history.framework)) {
        if (history || isLikely(path) || isLikely(previous)) return null;
        continue;
      }
      if (heads.some(other => other !== history && isNear(other, history))) return null;
      added.add(path);
    } else if (LIKE_MARK.test(path)) return null;
  }
  return heads
    .map(head => ({ ...head, migrations: head.migrations.filter(({ file }) => !added.has(file)) }))
    .filter(({ migrations }) => migrations.length > 0);
}

const isLikely = (path: string): boolean => LIKE_MARK.test(path) || LIKE_MIGRATION.test(path);

/** In the same folder, or one in the other: the new file may have decided which tool reads it. */
const isNear = (a: History, b: History): boolean =>
  a.root === b.root ||
  a.root === '' ||
  b.root === '' ||
  a.root.startsWith(`${b.root}/`) ||
  b.root.startsWith(`${a.root}/`);
