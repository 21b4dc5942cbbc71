import type { ChangedFile } from '../model/source.ts';
import { attempt } from './attempt.ts';
import type { Client } from './client.ts';
import type { Event } from './event.ts';

/** GitHub lists no more than this many files of a pull request. */
const MOST = 3000;

type Statuses = 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed' | 'unchanged';

const STATUSES: Readonly<Record<Statuses, ChangedFile['status']>> = {
  added: 'added',
  copied: 'added',
  modified: 'modified',
  changed: 'modified',
  unchanged: 'modified',
  renamed: 'renamed',
  removed: 'removed',
};

/** The files that GitHub lists for a pull request; null when there may be more than it lists. */
export async function changedFiles(
  client: Client,
  { owner, repo, number: pull_number }: Event,
): Promise<readonly ChangedFile[] | null> {
  if (pull_number === null) return null;
  const files: ChangedFile[] = [];
  for (let page = 1; ; page += 1) {
    const listed = await attempt(
      () => client.rest.pulls.listFiles({ owner, repo, pull_number, per_page: 100, page }),
      ({ data }) =>
        data.map(({ filename, status, previous_filename }): ChangedFile => {
          if (typeof filename !== 'string' || !Object.hasOwn(STATUSES, status)) throw new TypeError('no file');
          return {
            path: filename,
            status: STATUSES[status],
            ...(status === 'renamed' && previous_filename !== undefined ? { previous: previous_filename } : {}),
          };
        }),
    );
    files.push(...listed);
    if (files.length >= MOST) return null;
    if (listed.length < 100) return files;
  }
}
