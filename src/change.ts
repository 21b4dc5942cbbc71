import { Expected } from './errors.ts';
import type { Repo } from './framework.ts';
import { changedFiles } from './github/changed-files.ts';
import type { Client } from './github/client.ts';
import type { Event } from './github/event.ts';
import type { ChangedFile } from './model/source.ts';
import { changedBy } from './repo/changed-by.ts';
import { checkout } from './repo/checkout.ts';
import { proposed } from './repo/proposed.ts';

/** What an event changed and the files that it is judged among: by git where that knows, else by GitHub's list. */
export async function changeOf(
  event: Event,
  root: string,
  github: Client | null,
): Promise<{ repo: Repo; changed: readonly ChangedFile[] }> {
  const elsewhere = event.atBase ? await proposed(root, event) : null;
  if (elsewhere) return elsewhere;
  const changed = (await changedBy(root, event)) ?? (github && (await changedFiles(github, event)));
  if (changed) return { changed, repo: await checkout(root) };
  throw new Expected('What changed is not known: the checkout lacks the base, and GitHub does not list it.', {
    hint: 'Check out with `fetch-depth: 0`.',
  });
}
