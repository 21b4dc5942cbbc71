import { UserError } from '../model/errors.ts';
import { ended } from './ended.ts';

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Nothing that the repository's own configuration names is run, and nothing asks for a password. */
const SETTINGS = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '-c', 'core.hooksPath=/dev/null'];

/** A fetch of a large history over a slow line. */
const LIMIT = 600_000;

/**
 * Runs git without a shell, in silence: NUL-separated output would swallow the next workflow command.
 * @throws UserError where there is no git
 */
export async function git(root: string, args: readonly string[], input?: string): Promise<GitResult> {
  // A container's checkout belongs to another user; git 2.38 and later accept safe.directory from the command line.
  const trust = process.env.GITHUB_ACTIONS === 'true' ? ['-c', `safe.directory=${root}`] : [];
  const { code, stdout, stderr } = await ended('git', [...SETTINGS, ...trust, ...args], {
    cwd: root,
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    milliseconds: LIMIT,
    input,
  });
  if (code === 127) throw new UserError('git cannot be started. Install it, or add it to PATH.');
  return { code, stdout, stderr: stderr.toString('utf8').trim() };
}

/** The same, and anything but success is the user's to fix. */
export const gitOutput = async (root: string, args: readonly string[]): Promise<Buffer> =>
  succeeded(args[0] ?? '', root, await git(root, args));

export function succeeded(what: string, root: string, result: GitResult | null): Buffer {
  if (result?.code === 0) return result.stdout;
  const message = result?.stderr ?? 'git is not installed';
  throw new UserError(`git ${what} failed: ${message.split('\n', 1)[0] ?? ''}`, {
    hint: message.includes('dubious ownership') ? `Run: git config --global --add safe.directory ${root}` : null,
  });
}

/** NUL-terminated records. */
export const records = (output: Buffer): string[] =>
  output
    .toString('utf8')
    .split('\0')
    .filter(record => record !== '');
