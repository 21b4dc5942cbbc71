import type { Repo } from '../model/framework.ts';
import { folderOf, nameOf } from '../frameworks/shared/files.ts';
import { historyOf } from '../frameworks/shared/history.ts';
import type { History, Migration } from '../model/source.ts';
import { parse } from '../sql/parse.ts';
import { PSQL } from '../sql/psql.ts';
import { rollbackSection, type RollbackSection } from '../sql/rollback-section.ts';

/** No tool runs it: somebody does, with psql. */
const BY_HAND = { transaction: 'as-written', noTransaction: null } as const;
const WITH_PSQL = { ...BY_HAND, client: PSQL } as const;

/**
 * A history with the down migrations that its tool knows nothing of: a file beside the migration, or a section of comments in
 * it. A migration that its tool can take back keeps that way.
 */
export async function withDownMigrations(
  history: History,
  repo: Repo,
  isTaken: (path: string) => boolean,
): Promise<History> {
  const { framework, root, migrations } = history;
  const withDown = new Set(migrations.filter(({ direction }) => direction === 'down').map(({ id }) => id));
  const ups = migrations.filter(
    ({ direction, file, id }) => direction === 'up' && file.endsWith('.sql') && !withDown.has(id),
  );
  if (ups.length === 0) return history;
  const own = new Set(migrations.map(({ file }) => file));
  const paths = new Set(repo.paths.filter(path => path.endsWith('.sql') && !own.has(path) && !isTaken(path)));
  const isThere = (path: string): boolean => paths.has(path);
  const homes = countOf(migrations.filter(({ direction }) => direction === 'up').map(({ file }) => folderOf(file)));
  const fromFile = async (id: string, file: string): Promise<readonly Migration[]> =>
    (await historyOf(repo, framework, root, [{ id, file, direction: 'down' }], WITH_PSQL)).migrations;
  const downs = await Promise.all(
    ups.flatMap(up => {
      const file = paths.size === 0 ? undefined : besides(up.file, homes.get(folderOf(up.file)) === 1).find(isThere);
      return file === undefined ? (sectionOf(up) ?? []) : fromFile(up.id, file);
    }),
  );
  return { ...history, migrations: [...migrations, ...downs.flat()] };
}

/** `alone`: no other migration is in the folder. */
function besides(file: string, isAlone: boolean): string[] {
  const folder = folderOf(file);
  const at = (path: string): string => (folder === '' ? path : `${folder}/${path}`);
  const name = nameOf(file).replace(/(\.up)?\.sql$/, '');
  return [
    ...(isAlone ? ['rollback.sql', 'down.sql'] : []),
    `${name}.rollback.sql`,
    `${name}.down.sql`,
    ...['rollback', 'rollbacks', 'down'].map(below => `${below}/${name}.sql`),
  ].map(at);
}

function sectionOf(up: Migration): Promise<Migration[]> | null {
  const section = rollbackSection(up.sql);
  return section === null || section.sql.trim() === '' ? null : fromSection(up, section);
}

async function fromSection(up: Migration, { line, sql }: RollbackSection): Promise<Migration[]> {
  const broken = (await parse(sql, up.file)).find(({ error }) => error !== undefined);
  const problems = broken ? [{ line, because: `The rollback section is not SQL: ${broken.error}.` }] : [];
  return [{ ...up, ...BY_HAND, direction: 'down', sql, unread: problems }];
}

function countOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
