import { frameworks } from '../frameworks/index.ts';
import { folderOf } from '../frameworks/shared/files.ts';
import { matches } from '../config/glob.ts';
import { isNumbered } from '../migrations/ownership.ts';
import type { MigrationState } from '../model/deploy-report.ts';
import type { Repo } from '../model/framework.ts';
import type { History, Migration } from '../model/source.ts';
import { nameOf } from './entries.ts';

/** golang-migrate shares folders with other runners: what it does not run is part of what was applied (extra-files.ts). */
const DIRECTED = /\.(up|down)\.[^/]*$/;

/** Whether the tool itself runs a file of its history. */
const isRun = ({ framework, file }: Migration): boolean =>
  framework !== 'golang-migrate' || DIRECTED.test(nameOf(file));

/** A history without what its tool does not run. */
export const withoutStrays = (history: History): History => ({
  ...history,
  migrations: history.migrations.filter(isRun),
});

/** Numbered SQL files beside the migrations, which the tool of the directory never runs. */
export function straysOf(repo: Repo, histories: readonly History[], ignore: readonly string[]): MigrationState[] {
  const used = new Set(histories.flatMap(({ migrations }) => migrations.filter(isRun).map(({ file }) => file)));
  return histories.flatMap(({ framework, migrations }) => {
    const extra = frameworks.find(({ id }) => id === framework)?.extra;
    const folders = new Set(migrations.map(({ file }) => folderOf(file)));
    if (extra === undefined) return [];
    return repo.paths
      .filter(path => folders.has(folderOf(path)) && isNumbered(path) && !used.has(path) && !matches(ignore, path))
      .map((file): MigrationState => ({
        ...{ id: nameOf(file).replace(/\.sql$/, ''), file, tool: framework },
        ...{ state: 'pending, skipped', next: 'skip saying ok', because: extra, appliedAt: null, recordedAs: null },
      }));
  });
}
