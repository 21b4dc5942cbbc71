import { Expected } from '../errors.ts';

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Nothing that the repository's own configuration names is run, and nothing asks for a password. */
const SETTINGS = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '-c', 'core.hooksPath=/dev/null'];

/** Runs git without a shell, in silence: NUL-separated output would swallow the next workflow command. */
export async function git(root: string, args: readonly string[], input?: string): Promise<GitResult> {
  const { exec } = await import('./execute.ts');
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  // A container's checkout belongs to another user; git 2.38 and later accept safe.directory from the command line.
  const trust = process.env.GITHUB_ACTIONS === 'true' ? ['-c', `safe.directory=${root}`] : [];
  const code = await exec('git', [...SETTINGS, ...trust, ...args], {
    cwd: root,
    silent: true,
    ...(input === undefined ? {} : { input: Buffer.from(input) }),
    ignoreReturnCode: true,
    env: { ...environment(), GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    listeners: { stdout: data => void stdout.push(data), stderr: data => void stderr.push(data) },
  });
  return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8').trim() };
}

/** The same, and anything but success is the user's to fix. */
export const gitOutput = async (root: string, args: readonly string[]): Promise<Buffer> =>
  succeeded(args[0] ?? '', root, await git(root, args));

export function succeeded(what: string, root: string, result: GitResult | null): Buffer {
  if (result?.code === 0) return result.stdout;
  const said = result?.stderr ?? 'git is not installed';
  throw new Expected(`git ${what} failed: ${said.split('\n', 1)[0] ?? ''}`, {
    hint: said.includes('dubious ownership') ? `Run: git config --global --add safe.directory ${root}` : null,
  });
}

/** NUL-terminated records. */
export const records = (output: Buffer): string[] =>
  output
    .toString('utf8')
    .split('\0')
    .filter(record => record !== '');

const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
