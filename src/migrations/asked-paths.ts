import type { Options } from '../config/options.ts';
import type { Repo } from '../model/framework.ts';
import type { ChangedFile } from '../model/source.ts';
import { collect, type Collection, type CollectOptions } from './collect.ts';
import { allMatched } from './named-paths.ts';

export interface Selection extends Pick<CollectOptions, 'before' | 'owners'> {
  readonly changed: readonly ChangedFile[];
  /** Files that the user named as the change. */
  readonly files?: readonly string[] | undefined;
  readonly options: Pick<Options, 'framework' | 'paths' | 'ignore' | 'postgres-version'>;
  /** The folder that is checked, of the whole repository; empty for all. */
  readonly below?: string | undefined;
  readonly isAudit: boolean;
}

/**
 * What the options ask for.
 * @throws UserError where something that the user named matches nothing
 */
export async function collectAsked(repo: Repo, selection: Selection): Promise<Collection> {
  const { files = [], below = '', options, isAudit, before, owners } = selection;
  const isBelow = (path: string): boolean => below === '' || path.startsWith(`${below}/`);
  const changed = selection.changed.filter(({ path }) => isBelow(path));
  const { framework, ignore } = options;
  const paths = globsOf(options);
  const touched = new Set(changed.filter(file => file.status !== 'removed').map(file => file.path));
  const scope = { framework, paths, ignore, changed: touched, all: isAudit, before, ...(owners && { owners }) };
  const all = await collect(repo, scope);
  const collection: Collection = {
    ...all,
    histories: isAudit
      ? all.histories.filter(({ root }) => isBelow(`${root}/`) || below.startsWith(`${root}/`))
      : all.histories,
    notes: [...all.notes, ...elsewhere(selection.changed.length - changed.length, below)],
  };
  allMatched(repo, collection, { framework, paths, files, all: isAudit, changed });
  return collection;
}

/** The globs that restrict what is read; null for all: `.` is no choice among files. */
export const globsOf = ({ paths }: Pick<Options, 'paths'>): readonly string[] | null =>
  paths.every(glob => glob === '**') ? null : paths;

const elsewhere = (count: number, below: string): string[] =>
  count === 0
    ? []
    : [
        `Only ${below}, the current directory, was checked; ${count} more changed ${count === 1 ? 'file is' : 'files are'} outside of it.`,
      ];
