import { createHash } from 'node:crypto';
import { attempt, messageOf, statusOf } from './attempt.ts';
import type { Client } from './client.ts';

export interface Comment {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  /** Tells this invocation's comment from another's in the same pull request. */
  readonly identity: string;
  /** At most `limit` bytes. */
  readonly body: (limit: number) => string;
  /** Make one where there is none; one that is there is brought up to date in any case. */
  readonly create: boolean;
}

export type Published =
  { readonly done: 'created' | 'updated' | 'nothing' } | { readonly done: 'refused'; readonly because: string };

/** GitHub refuses more than 65,536 characters; after a refusal a much shorter body is tried once. */
const LIMITS = [65_000, 20_000];

/** The one comment of this invocation: found by its mark and its author, updated in place. Never throws. */
export async function comment(client: Client, given: Comment): Promise<Published> {
  try {
    const mark = markOf(given.identity);
    const own = await find(client, given, mark);
    if (own === null && !given.create) return { done: 'nothing' };
    return await write(client, given, { mark, own });
  } catch (error) {
    return { done: 'refused', because: reason(error) };
  }
}

/** Hashed: whatever the identity holds cannot end the HTML comment. */
const markOf = (identity: string): string =>
  `<!-- migration-gate ${createHash('sha256').update(identity).digest('hex').slice(0, 16)} -->`;

interface Own {
  readonly id: number;
  readonly body: string;
}

async function find(client: Client, { owner, repo, number }: Comment, mark: string): Promise<Own | null> {
  for (let page = 1; ; page += 1) {
    const { data } = await attempt(() =>
      client.rest.issues.listComments({ owner, repo, issue_number: number, per_page: 100, page }),
    );
    for (const { id, body, user } of data)
      if (body?.startsWith(mark) === true && (user?.type === 'Bot' || (await isOwn(client, user?.login))))
        return { id, body };
    if (data.length < 100) return null;
  }
}

/** A personal token's comments are a person's; GITHUB_TOKEN may not ask who it is, and is a bot anyway. */
async function isOwn(client: Client, login: string | undefined): Promise<boolean> {
  try {
    return (await client.rest.users.getAuthenticated()).data.login === login;
  } catch {
    return false;
  }
}

async function write(
  client: Client,
  { owner, repo, number, body }: Comment,
  { mark, own }: { mark: string; own: Own | null },
): Promise<Published> {
  for (const limit of LIMITS) {
    const text = `${mark}\n${body(limit - mark.length - 1)}`;
    try {
      if (own === null)
        await attempt(() => client.rest.issues.createComment({ owner, repo, issue_number: number, body: text }));
      else if (own.body !== text)
        await attempt(() => client.rest.issues.updateComment({ owner, repo, comment_id: own.id, body: text }));
      return { done: own === null ? 'created' : 'updated' };
    } catch (error) {
      if (statusOf(error) !== 422 || limit === LIMITS.at(-1)) throw error;
    }
  }
  return { done: 'nothing' };
}

function reason(error: unknown): string {
  const status = statusOf(error);
  const said = `GitHub answered ${status ?? 'nothing'}: ${messageOf(error).split('\n', 1)[0] ?? ''}`;
  if (status !== 403 && status !== 404) return said;
  const response = (error as { response?: { headers?: Record<string, unknown> } }).response;
  const needed = response?.headers?.['x-accepted-github-permissions'];
  const hint = typeof needed === 'string' ? needed.replace('=', ': ') : 'pull-requests: write';
  return `the token may not write it (${said}). The job needs \`permissions: ${hint}\`; runs from forks and by Dependabot never get it`;
}
