import type { Options } from '../config/options.ts';
import type { Repo } from '../framework.ts';
import type { ChangedFile } from '../model/source.ts';
import { collect, type Collection, type Wanted } from './collect.ts';
import { allMatched } from './named.ts';

export interface Asked extends Pick<Wanted, 'before' | 'owners'> {
  readonly changed: readonly ChangedFile[];
  /** Files that the user named as the change. */
  readonly named?: readonly string[] | undefined;
  readonly options: Pick<Options, 'framework' | 'paths' | 'ignore'>;
  readonly isAudit: boolean;
}

/**
 * What the options ask for.
 * @throws Expected where something that the user named matches nothing
 */
export async function collectAsked(repo: Repo, asked: Asked): Promise<Collection> {
  const { changed, named = [], options, isAudit, before, owners } = asked;
  const { framework, ignore } = options;
  const paths = options.paths.length > 0 ? options.paths : null;
  const touched = new Set(changed.filter(file => file.status !== 'removed').map(file => file.path));
  const wanted = { framework, paths, ignore, changed: touched, all: isAudit, before, ...(owners && { owners }) };
  const collection = await collect(repo, wanted);
  allMatched(repo, collection, { framework, paths, files: named, all: isAudit, changed });
  return collection;
}
