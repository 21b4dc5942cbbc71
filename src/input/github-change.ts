import { UserError } from '../model/errors.ts';
import { BaseFiles } from '../github/base-files.ts';
import { changedFiles } from '../github/changed-files.ts';
import type { Client } from '../github/client.ts';
import type { Event } from '../github/event.ts';
import { baseOf, throughLinks } from '../repo/base.ts';
import { changedBy } from '../repo/changed-by.ts';
import { checkout } from '../repo/checkout.ts';
import type { Difference } from '../repo/differences.ts';
import { Objects } from '../repo/objects.ts';
import { proposed } from '../repo/proposed.ts';
import type { Input } from './input.ts';

/** What an event changed and the files that it is checked among: by git where that knows, else by GitHub's list. */
export async function githubChange(
  event: Event,
  root: string,
  github: Client | null,
): Promise<Pick<Input, 'repo' | 'changed' | 'base'>> {
  const elsewhere = event.atBase ? await proposed(root, event) : null;
  if (elsewhere) return elsewhere;
  const repo = await checkout(root);
  const compared = await changedBy(root, event);
  const differences = compared ?? (github && (await listed(event, github)));
  if (differences) {
    const changed = [...differences, ...throughLinks(repo, differences)];
    const objects = compared || !github ? new Objects(root) : new BaseFiles(github, event);
    return { changed, repo, base: baseOf(objects, repo, changed) };
  }
  throw new UserError(
    'Cannot determine what changed: the checkout does not contain the base commit, and GitHub does not list the changed files.',
    {
      hint: 'Check out with `fetch-depth: 0`.',
    },
  );
}

/**
 * What GitHub lists, with the old side of each file; what stands there now is in the checkout.
 * @throws UserError where it lists nothing: a pull request changes something
 */
async function listed(event: Event, github: Client): Promise<Difference[] | null> {
  const files = await changedFiles(github, event);
  if (files === null) return null;
  if (files.length === 0)
    throw new UserError(
      'Cannot determine what changed: the checkout does not contain the base commit, and GitHub lists no changed files.',
      {
        hint: 'Check out with `fetch-depth: 0`.',
      },
    );
  const sides = await new BaseFiles(github, event).sides(event, files);
  return files.map((file, at): Difference => ({ ...file, was: sides[at] ?? null, is: null }));
}
