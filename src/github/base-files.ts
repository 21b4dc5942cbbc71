import { UserError } from '../model/errors.ts';
import type { ChangedFile } from '../model/source.ts';
import { attempt } from './attempt.ts';
import type { Client } from './client.ts';
import type { Event } from './event.ts';

/** What GitHub holds under a path: `mode` and `object` as git names them. */
interface Entry {
  readonly mode: string;
  readonly object: string;
}

/** Each is a request, of which a token may make 1,000 in an hour. */
const MOST = 300;

const HINT = { hint: 'Check out with `fetch-depth: 0`.' };

/** Reads, through GitHub's interface, the files that a pull request changes, as they were where it left its base. */
export class BaseFiles {
  private readonly client: Client;
  private readonly place: { readonly owner: string; readonly repo: string };
  private queue: Promise<unknown> = Promise.resolve();
  private requests = 0;

  constructor(client: Client, { owner, repo }: Event) {
    this.client = client;
    this.place = { owner, repo };
  }

  /**
   * The old side of each file; null where there is none.
   * @throws UserError where GitHub does not say
   */
  async sides(event: Event, changed: readonly ChangedFile[]): Promise<readonly (Entry | null)[]> {
    if (changed.every(({ status }) => status === 'added')) return changed.map(() => null);
    const entries = await this.entries(await this.fork(event));
    return changed.map(({ path, previous = path, status }) => {
      if (status === 'added') return null;
      const entry = entries.get(previous);
      if (entry) return entry;
      throw new UserError(`What ${JSON.stringify(previous)} was before the change is not known to GitHub.`, HINT);
    });
  }

  /** The bytes of one; one after the other, as GitHub asks of its clients. */
  read(object: string): Promise<Buffer> {
    const next = this.queue.then(() => this.blob(object));
    this.queue = next.catch(() => undefined);
    return next;
  }

  private async blob(file_sha: string): Promise<Buffer> {
    this.requests += 1;
    if (this.requests > MOST)
      throw new UserError(`The change touches more than ${MOST} old files, and the checkout lacks the base.`, HINT);
    return await attempt(
      () => this.client.rest.git.getBlob({ ...this.place, file_sha }),
      ({ data }) => Buffer.from(data.content, 'base64'),
    );
  }

  private async fork({ base, head }: Event): Promise<string> {
    const from = base.kind === 'commit' ? base.sha : base.tip;
    if (from === null || head === null) throw new UserError('The event does not say what its base is.', HINT);
    const basehead = `${from}...${head}`;
    return await attempt(
      () => this.client.rest.repos.compareCommitsWithBasehead({ ...this.place, basehead, per_page: 1 }),
      ({ data }) => data.merge_base_commit.sha,
    );
  }

  private async entries(tree_sha: string): Promise<ReadonlyMap<string, Entry>> {
    return await attempt(
      () => this.client.rest.git.getTree({ ...this.place, tree_sha, recursive: 'true' }),
      ({ data }) => {
        if (data.truncated) throw new UserError('The repository has more files than GitHub lists.', HINT);
        return new Map(data.tree.map(({ path, mode, sha }) => [path, { mode, object: sha }]));
      },
    );
  }
}
