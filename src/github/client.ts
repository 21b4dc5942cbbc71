import type { getOctokit } from './octokit.ts';

/** GitHub's REST interface, at GITHUB_API_URL and through the runner's proxy. */
export type Client = ReturnType<typeof getOctokit>;

/** Loaded when first asked for. No `request` option: it would replace the fetch that knows the proxy (@actions/github 9). */
export async function client(token: string): Promise<Client> {
  const { getOctokit } = await import('./octokit.ts');
  return getOctokit(token, { log: SILENT });
}

const nothing = (): void => undefined;
/** Octokit's own log lines would stand among workflow commands. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
