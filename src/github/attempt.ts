import { UserError } from '../model/errors.ts';

/** The status of a failed request; null when there was no answer. Told by shape: a bundle may hold the class twice. */
export function statusOf(error: unknown): number | null {
  const cause = error instanceof UserError ? error.cause : error;
  return typeof cause === 'object' && cause !== null && 'status' in cause && typeof cause.status === 'number'
    ? cause.status
    : null;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** GitHub has not answered, or not as GitHub answers. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  /** Asking again may help. */
  readonly passing: boolean;

  constructor(message: string, { passing, cause }: { passing: boolean; cause?: unknown }) {
    super(message, { cause });
    this.passing = passing;
  }
}

const TRIES = 4;
/** For all the waits together. */
const LONGEST = 30_000;

/**
 * What is read from an answer. Tries again what may pass: 429, 5xx, no answer, and a 403 that is a rate limit; waits as
 * told, but not for ever.
 * @throws UserError that says what GitHub answered
 */
export async function attempt<A, T>(request: () => Promise<A>, read: (answer: A) => T): Promise<T> {
  let waited = 0;
  for (let count = 1; ; count += 1) {
    try {
      const answer = await request();
      return form(() => read(answer));
    } catch (error) {
      const wait = pause(error, count);
      if (wait === null || count >= TRIES || waited + wait > LONGEST) throw asUserError(error);
      waited += wait;
      await new Promise(resolve => void setTimeout(resolve, wait));
    }
  }
}

/** What reads an answer of another form asks for what is not there. */
function form<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new Unanswered('GitHub returned JSON of an unexpected form', { passing: false, cause });
  }
}

function asUserError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  const status = statusOf(error);
  const [firstLine = ''] = messageOf(error).split('\n', 1);
  const message =
    error instanceof Unanswered
      ? firstLine
      : `GitHub ${status === null ? 'did not respond' : `responded with status ${status}`}: ${firstLine}`;
  return new UserError(message, {
    hint: 'Re-run the job. With `fetch-depth: 0` at the checkout, git is used instead of the GitHub API.',
    cause: error,
  });
}

/** Milliseconds until it is worth trying again; null when it never is. */
function pause(error: unknown, count: number): number | null {
  if (error instanceof Unanswered) return error.passing ? 500 * 2 ** count : null;
  const status = statusOf(error);
  const retryAfter = Number(header(error, 'retry-after') ?? NaN);
  const limited = status === 403 && (!Number.isNaN(retryAfter) || /secondary rate limit|abuse/i.test(messageOf(error)));
  if (!limited && status !== 429 && (status === null || status < 500)) return null;
  return Number.isNaN(retryAfter) ? 500 * 2 ** count : retryAfter * 1000;
}

export function header(error: unknown, name: string): string | null {
  const cause = error instanceof UserError ? error.cause : error;
  const response = (cause as { response?: { headers?: Record<string, unknown> } } | null)?.response;
  const value = response?.headers?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
