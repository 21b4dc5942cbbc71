import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../src/model/report.ts';

export interface CliOutcome {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** Runs the bundled command line in a folder; `node` is the Node.js that runs it. */
export function runCli(
  cwd: string,
  args: readonly string[],
  { node = process.execPath, env = {} }: { node?: string; env?: Readonly<Record<string, string>> } = {},
): CliOutcome {
  const { GITHUB_ACTIONS: _, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(node, [CLI, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...rest, ...env },
    maxBuffer: 1 << 28,
  });
  return { code: status, stdout, stderr };
}

/** The JSON report of `check` with these arguments. */
export const reportOf = (cwd: string, ...args: readonly string[]): Report => reportWith(process.execPath, cwd, ...args);

/** The same, run by this Node.js. */
export function reportWith(node: string, cwd: string, ...args: readonly string[]): Report {
  const { stdout, stderr, code } = runCli(cwd, ['check', ...args, '--format', 'json'], { node });
  if (code === 2) throw new Error(`could not judge: ${stderr}`);
  return JSON.parse(stdout) as Report;
}
