import { Unanswered } from './attempt.ts';
import type { getOctokit } from './octokit.ts';

/** GitHub's REST interface, at GITHUB_API_URL and through the runner's proxy. */
export type Client = ReturnType<typeof getOctokit>;

/** GitHub itself gives up after ten seconds. */
const EACH = 15_000;
/** All requests of a run together. */
const ALL = 60_000;

/**
 * Loaded when first asked for. No `request` option: it would replace the fetch that knows the proxy (@actions/github 9).
 * Every request ends in time: with JSON, with an error of GitHub's, or Unanswered.
 */
export async function client(token: string): Promise<Client> {
  const { getOctokit } = await import('./octokit.ts');
  const octokit = getOctokit(token, { log: SILENT });
  let spent = 0;
  octokit.hook.wrap('request', async (request, options) => {
    const remaining = Math.min(EACH, ALL - spent);
    if (remaining <= 0)
      throw new Unanswered(`GitHub took more than ${ALL / 1000} seconds to respond`, { passing: false });
    const signal = AbortSignal.timeout(remaining);
    const start = performance.now();
    try {
      const answer = await within(
        signal,
        Promise.resolve(request({ ...options, request: { ...options.request, signal } })),
      );
      if (answer.status !== 204 && typeof answer.data !== 'object')
        throw new Unanswered('The response from GitHub is not complete JSON: it was cut off, or it came from a proxy', {
          passing: String(answer.headers['content-type']).includes('json'),
        });
      return answer;
    } catch (cause) {
      if (cause instanceof Unanswered) throw cause;
      if (signal.aborted)
        throw new Unanswered(`GitHub did not complete its response within ${EACH / 1000} seconds`, {
          passing: spent === 0,
          cause,
        });
      // Octokit calls a request without an answer a status of 500.
      if (isCut(cause))
        throw new Unanswered(`The response from GitHub was cut off: ${cause.message}`, { passing: true, cause });
      throw cause;
    } finally {
      spent += performance.now() - start;
    }
  });
  return octokit;
}

/** The signal is lost where undici's copy of it is collected before it is given (measured, 20.20 and undici 6). */
const within = <T>(signal: AbortSignal, answer: Promise<T>): Promise<T> =>
  Promise.race([
    answer,
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    }),
  ]);

/** Without an answer; one that does not parse as the JSON that it says it is was cut, too. */
const isCut = (error: unknown): error is Error =>
  error instanceof SyntaxError || (error instanceof Error && !('response' in error && error.response !== undefined));

const nothing = (): void => undefined;
/** Octokit's own log lines would stand among workflow commands. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
