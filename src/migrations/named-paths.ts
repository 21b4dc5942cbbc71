import { nearest } from '../config/nearest.ts';
import { UserError } from '../model/errors.ts';
import type { Repo } from '../model/framework.ts';
import { frameworks } from '../frameworks/index.ts';
import { folderOf, nameOf } from '../frameworks/shared/files.ts';
import { matches } from '../config/glob.ts';
import type { ChangedFile } from '../model/source.ts';
import type { Collection } from './collect.ts';

/** What the user named: nothing of it may match nothing. */
export interface Named {
  readonly framework: string;
  readonly paths: readonly string[] | null;
  /** Files that were named as the change. */
  readonly files: readonly string[];
  readonly all: boolean;
  readonly changed: readonly ChangedFile[];
}

/**
 * @throws UserError where something that was named is not there, or where no migration is in it: nothing was checked then,
 * and that is no pass
 */
export function allMatched(repo: Repo, collection: Collection, { framework, paths, files, all, changed }: Named): void {
  const removed = changed.flatMap(({ path, status, previous }) => (status === 'removed' ? [path] : (previous ?? [])));
  const there = [...repo.paths, ...removed];
  for (const glob of paths ?? [])
    if (!there.some(path => matches([glob], path)))
      throw new UserError(`${JSON.stringify(glob)} matches no file.${nearestPath(glob, repo.paths)}`, {
        hint: 'Give glob patterns of migration files or directories.',
      });
  const existing = new Set(there);
  for (const file of files)
    if (!existing.has(file))
      throw new UserError(
        `--changed: file ${JSON.stringify(file)} does not exist in the checkout.${nearestPath(file, repo.paths)}`,
        {
          hint: 'Give the path of a file.',
        },
      );
  const { histories, blindSpots, notes } = collection;
  const skipped = notes.length > 0 ? `${notes.join('\n')}\n` : '';
  if (histories.length === 0) {
    if (paths && blindSpots.length === 0)
      throw new UserError('None of the files that `paths` matches is a migration.', { hint: `${skipped}${READ}` });
    if (framework !== 'auto')
      throw new UserError(`No ${titleOf(framework)} migrations were found.`, { hint: `${skipped}${READ}` });
    if (all && blindSpots.length === 0)
      throw new UserError('No migrations were found, so nothing was checked.', { hint: `${skipped}${READ}` });
  }
  const claimed = new Set([
    ...histories.flatMap(({ migrations }) => migrations.map(({ file }) => file)),
    ...blindSpots.flatMap(({ span }) => span?.file ?? []),
  ]);
  if (files.length > 0 && !files.some(file => claimed.has(file) || removed.includes(file)))
    throw new UserError(
      `No migration tool uses ${files.map(file => JSON.stringify(file)).join(', ')}, so nothing was checked.`,
      {
        hint: `${skipped}Give it as an argument too, or set its tool with --framework. ${READ}`,
      },
    );
}

const titleOf = (id: string): string => frameworks.find(tool => tool.id === id)?.title ?? id;

const READ = `Detected are the layouts of ${frameworks.length} tools (docs/frameworks.md), and .sql files in directories called migrations. Set \`paths\` for others.`;

/** The path that is meant: of the same name elsewhere, or nearest in spelling; for a glob, the folder it begins with. */
function nearestPath(glob: string, paths: readonly string[]): string {
  const [fixed = ''] = glob.replace(/^\.\//, '').split(/[*?{[]/, 1);
  const isGlob = fixed.length < glob.replace(/^\.\//, '').length;
  const target = isGlob ? folderOf(fixed) || fixed : glob.replace(/\/+$/, '');
  const folders = [...new Set(paths.flatMap(foldersOf))];
  const below = isGlob ? [] : paths.filter(path => path.startsWith(`${target}/`)).slice(0, 1);
  const alike = isGlob ? [] : paths.filter(path => nameOf(path) === nameOf(target));
  const candidates = isGlob ? folders : [...paths.filter(path => /\.(sql|[cm]?[jt]s|py|rb)$/.test(path)), ...folders];
  const near = below[0] ?? nearest(target, alike) ?? alike[0] ?? nearest(target, candidates.slice(0, 20_000));
  return near === null ? '' : ` Did you mean ${JSON.stringify(near)}?`;
}

function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) folders.push(folder);
  return folders;
}
