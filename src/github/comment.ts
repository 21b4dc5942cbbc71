import { createHash } from 'node:crypto';
import { attempt, header, statusOf } from './attempt.ts';
import type { Client } from './client.ts';

export interface Comment {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  /** Tells this invocation's comment from another's in the same pull request. */
  readonly identity: string;
  /** The number of the run: of two, the newer has the higher. */
  readonly run: number;
  /** At most `limit` bytes. */
  readonly body: (limit: number) => string;
  /** Make one where there is none; one that is there is brought up to date in any case. */
  readonly create: boolean;
}

export type Published =
  { readonly done: 'created' | 'updated' | 'nothing' } | { readonly done: 'refused'; readonly because: string };

/** GitHub refuses more than 65,536 characters; after a refusal a much shorter body is tried once. */
const LIMITS = [65_000, 20_000];

/**
 * The one comment of this invocation: found by its mark and its author, updated in place. Of two runs at once each may make
 * one: the older comment stays, with the text of the newer run, and whoever sees another takes it away. Never throws.
 */
export async function comment(client: Client, request: Comment): Promise<Published> {
  try {
    const mark = markOf(request.identity);
    const before = await find(client, request, mark);
    const [own = null] = before;
    if (own === null && !request.create) return { done: 'nothing' };
    if (own !== null && runOf(own) > request.run) return { done: 'nothing' };
    const published = await write(client, request, { mark, own });
    if (before.length !== 1) await settle(client, request, await find(client, request, mark));
    return published;
  } catch (error) {
    return { done: 'refused', because: reason(error) };
  }
}

/** Hashed: whatever the identity holds cannot end the HTML comment, of which this is the beginning. */
const markOf = (identity: string): string =>
  `<!-- migration-gate ${createHash('sha256').update(identity).digest('hex').slice(0, 16)}`;

interface Own {
  readonly id: number;
  readonly body: string;
}

/** The number of the run that wrote it; 0 where it does not say. */
const runOf = ({ body }: Own): number => Number(/^<!-- migration-gate \w+ run (\d{1,15}) -->/.exec(body)?.[1] ?? 0);

/** The oldest first. */
async function find(client: Client, { owner, repo, number }: Comment, mark: string): Promise<Own[]> {
  const comments: Own[] = [];
  for (let page = 1; ; page += 1) {
    const { listed, marked } = await attempt(
      () => client.rest.issues.listComments({ owner, repo, issue_number: number, per_page: 100, page }),
      ({ data }) => ({
        listed: data.length,
        marked: data.flatMap(({ id, body, user }) =>
          body?.startsWith(mark) === true ? [{ id, body, bot: user?.type === 'Bot', login: user?.login }] : [],
        ),
      }),
    );
    for (const { id, body, bot, login } of marked) if (bot || (await isOwn(client, login))) comments.push({ id, body });
    if (listed < 100) return comments.sort((a, b) => a.id - b.id);
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
  { owner, repo, number, run, body }: Comment,
  { mark, own }: { mark: string; own: Own | null },
): Promise<Published> {
  const head = `${mark} run ${run} -->\n`;
  for (const limit of LIMITS) {
    const text = head + body(limit - head.length);
    try {
      if (own === null)
        await attempt(() => client.rest.issues.createComment({ owner, repo, issue_number: number, body: text }), done);
      else if (own.body !== text)
        await attempt(() => client.rest.issues.updateComment({ owner, repo, comment_id: own.id, body: text }), done);
      return { done: own === null ? 'created' : 'updated' };
    } catch (error) {
      if (statusOf(error) !== 422 || limit === LIMITS.at(-1)) throw error;
    }
  }
  return { done: 'nothing' };
}

const done = (): undefined => undefined;

/** Whoever comes to it last sees all; what another has taken away already is gone. */
async function settle(client: Client, { owner, repo }: Comment, [first, ...others]: readonly Own[]): Promise<void> {
  if (!first || others.length === 0) return;
  const newest = others.reduce((best, own) => (runOf(own) > runOf(best) ? own : best), first);
  if (newest !== first)
    await attempt(
      () => client.rest.issues.updateComment({ owner, repo, comment_id: first.id, body: newest.body }),
      done,
    );
  for (const { id } of others)
    await attempt(() => client.rest.issues.deleteComment({ owner, repo, comment_id: id }), done).catch(
      (error: unknown) => {
        if (statusOf(error) !== 404) throw error;
      },
    );
}

function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const status = statusOf(error);
  if (status !== 403 && status !== 404) return text;
  const needed = header(error, 'x-accepted-github-permissions')?.replace('=', ': ') ?? 'pull-requests: write';
  return `the token is not allowed to write it (${text}). The job needs \`permissions: ${needed}\`, which runs from forks and by Dependabot never get`;
}
