/** The status of a failed request; null when there was no answer. Told by shape: a bundle may hold the class twice. */
export const statusOf = (error: unknown): number | null =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : null;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Patience {
  readonly tries: number;
  /** For all the waits together. */
  readonly longest: number;
  readonly sleep: (ms: number) => Promise<void>;
}

const PATIENCE: Patience = {
  tries: 4,
  longest: 30_000,
  sleep: ms => new Promise(resolve => void setTimeout(resolve, ms)),
};

/** Tries again what may pass: 429, 5xx, no answer, and a 403 that is a rate limit; waits as told, but not for ever. */
export async function attempt<T>(request: () => Promise<T>, patience: Partial<Patience> = {}): Promise<T> {
  const { tries, longest, sleep } = { ...PATIENCE, ...patience };
  let waited = 0;
  for (let count = 1; ; count += 1) {
    try {
      return await request();
    } catch (error) {
      const wait = pause(error, count);
      if (wait === null || count >= tries || waited + wait > longest) throw error;
      waited += wait;
      await sleep(wait);
    }
  }
}

/** Milliseconds until it is worth trying again; null when it never is. */
function pause(error: unknown, count: number): number | null {
  const status = statusOf(error);
  const asked = Number(header(error, 'retry-after') ?? NaN);
  const limited = status === 403 && (!Number.isNaN(asked) || /secondary rate limit|abuse/i.test(messageOf(error)));
  const passing =
    limited || status === 429 || (status !== null && status >= 500) || (status === null && isNetwork(error));
  if (!passing) return null;
  return Number.isNaN(asked) ? 500 * 2 ** count : asked * 1000;
}

/** Octokit reports a request without an answer as status 500; fetch throws a TypeError. */
const isNetwork = (error: unknown): boolean => error instanceof TypeError && error.message.includes('fetch failed');

function header(error: unknown, name: string): string | null {
  const response = (error as { response?: { headers?: Record<string, unknown> } } | null)?.response;
  const value = response?.headers?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
