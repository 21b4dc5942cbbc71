import { attempt } from './attempt.ts';
import type { Client } from './client.ts';
import type { Event } from './event.ts';

/** Who may write to the repository, by GitHub's `author_association`. */
const WRITERS: ReadonlySet<string> = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);
/** Reviews of these states leave the reviewer's verdict as it was. */
const NEUTRAL: ReadonlySet<string> = new Set(['COMMENTED', 'PENDING']);

/**
 * Whether somebody with write access, other than the author, has approved the newest commit of the pull request and not
 * taken that back.
 */
export async function isApproved(
  client: Client,
  { owner, repo, number: pull_number, head, author }: Event,
): Promise<boolean> {
  if (pull_number === null || head === null) return false;
  const newest = new Map<string, boolean>();
  for (let page = 1; ; page += 1) {
    const reviews = await attempt(
      () => client.rest.pulls.listReviews({ owner, repo, pull_number, per_page: 100, page }),
      ({ data }) => data.map(({ user, ...review }) => ({ ...review, user: user && { login: user.login } })),
    );
    for (const { user, state, commit_id, author_association } of reviews)
      if (user && user.login !== author && !NEUTRAL.has(state))
        newest.set(user.login, state === 'APPROVED' && commit_id === head && WRITERS.has(author_association));
    if (reviews.length < 100) return [...newest.values()].includes(true);
  }
}
