import { Expected } from './errors.ts';
import { changedFiles } from './github/changed-files.ts';
import type { Client } from './github/client.ts';
import type { Event } from './github/event.ts';
import { baseOf, throughLinks } from './repo/base.ts';
import { changedBy } from './repo/changed-by.ts';
import { checkout } from './repo/checkout.ts';
import { proposed } from './repo/proposed.ts';
import type { Input } from './input/input.ts';

/** What an event changed and the files that it is judged among: by git where that knows, else by GitHub's list. */
export async function changeOf(
  event: Event,
  root: string,
  github: Client | null,
): Promise<Pick<Input, 'repo' | 'changed' | 'base'>> {
  const elsewhere = event.atBase ? await proposed(root, event) : null;
  if (elsewhere) return elsewhere;
  const found = await changedBy(root, event);
  const repo = await checkout(root);
  if (found) {
    const changed = [...found, ...throughLinks(repo, found)];
    return { changed, repo, base: baseOf(root, repo, changed) };
  }
  const listed = github && (await changedFiles(github, event));
  if (listed) return { changed: listed, repo, base: null };
  throw new Expected('What changed is not known: the checkout lacks the base, and GitHub does not list it.', {
    hint: 'Check out with `fetch-depth: 0`.',
  });
}
