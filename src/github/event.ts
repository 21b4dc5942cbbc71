import { UserError } from '../model/errors.ts';
import type { Base } from '../model/source.ts';

/** What the run is about, whatever set it off. */
export interface Event {
  readonly owner: string;
  readonly repo: string;
  /** The pull request's number; null where there is none to comment on. */
  readonly number: number | null;
  /** The commit that must be checked out, or merged by what is; null when it is whatever is checked out. */
  readonly head: string | null;
  readonly base: Base;
  /** Login of the pull request's author. */
  readonly author: string | null;
  /** From another repository, or by Dependabot: the token may only read. */
  readonly readOnly: boolean;
  /** actions/checkout left the base here, and not the change. */
  readonly atBase: boolean;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((current, key) => (isObject(current) ? current[key] : undefined), value);
const text = (value: unknown, ...path: readonly string[]): string | null => {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : null;
};

const branch = (ref: string): string => ref.replace(/^refs\/heads\//, '');
/** GitHub writes forty zeros where there was no commit: a new branch. */
const commit = (sha: string | null): string | null => (sha === null || /^0+$/.test(sha) ? null : sha);

type About = Pick<Event, 'number' | 'head' | 'base' | 'readOnly'> & Partial<Pick<Event, 'author'>>;

/** It runs with the base's token and secrets, and so on the base's files. */
const AT_BASE = 'pull_request_target';

function pullRequest(payload: unknown): About {
  const number = at(payload, 'pull_request', 'number');
  const ref = text(payload, 'pull_request', 'base', 'ref');
  if (typeof number !== 'number' || ref === null) throw new UserError('The event payload contains no pull request.');
  const from = text(payload, 'pull_request', 'head', 'repo', 'full_name');
  const author = text(payload, 'pull_request', 'user', 'login');
  const dependabot = author === 'dependabot[bot]';
  return {
    number,
    author,
    head: commit(text(payload, 'pull_request', 'head', 'sha')),
    base: { kind: 'branch', ref, tip: commit(text(payload, 'pull_request', 'base', 'sha')) },
    readOnly: dependabot || from !== text(payload, 'pull_request', 'base', 'repo', 'full_name'),
  };
}

function mergeGroup(payload: unknown): About {
  const sha = commit(text(payload, 'merge_group', 'base_sha'));
  const head = commit(text(payload, 'merge_group', 'head_sha'));
  const ref = text(payload, 'merge_group', 'base_ref');
  if (sha === null || head === null || ref === null) throw new UserError('The event payload contains no merge group.');
  return { number: null, head, base: { kind: 'commit', sha, ref: branch(ref) }, readOnly: false };
}

function push(payload: unknown): About {
  const ref = defaultBranch(payload);
  const before = commit(text(payload, 'before'));
  return {
    number: null,
    // The newest commit of a pushed tag is not what the payload calls `after`.
    head: null,
    base: before === null ? { kind: 'branch', ref, tip: null } : { kind: 'commit', sha: before, ref },
    readOnly: false,
  };
}

const byHand = (payload: unknown): About => ({
  number: null,
  head: null,
  base: { kind: 'branch', ref: defaultBranch(payload), tip: null },
  readOnly: false,
});

const defaultBranch = (payload: unknown): string => text(payload, 'repository', 'default_branch') ?? 'main';

const EVENTS: ReadonlyMap<string, (payload: unknown) => About> = new Map([
  ['pull_request', pullRequest],
  // An approval may let a suppression count.
  ['pull_request_review', pullRequest],
  [AT_BASE, pullRequest],
  ['merge_group', mergeGroup],
  ['push', push],
  ['workflow_dispatch', byHand],
  ['schedule', byHand],
]);

/** Reads an event's payload. */
export function readEvent(name: string, payload: unknown, repository: string): Event {
  const about = EVENTS.get(name);
  if (!about)
    throw new UserError(`The event ${JSON.stringify(name)} is not supported.`, {
      hint: `Run the workflow on ${[...EVENTS.keys()].join(', ')}.`,
    });
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo, author: null, atBase: name === AT_BASE, ...about(payload) };
}
