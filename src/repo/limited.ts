import { UserError } from '../model/errors.ts';

/** How a program ended. 124: not in time. 127: it could not be started. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they came. */
  readonly output: string;
}

/**
 * What the runner gives to a step and no other program needs: inputs and tokens, and the files by which a step sets its
 * outputs and changes the steps after it.
 */
const WITHHELD = /^(INPUT_|ACTIONS_|GITHUB_(TOKEN|OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$|GH_TOKEN$)/i;

/**
 * @actions/exec neither limits the time of a program nor tells its process, so it runs this, which does: what the program
 * has started ends with it. 124 is the status of coreutils' `timeout`.
 */
const LIMITED = `
const [limit, program, ...args] = process.argv.slice(1);
const group = process.platform !== 'win32';
const child = require('node:child_process').spawn(program, args, { stdio: 'inherit', detached: group });
child.on('error', error => { console.error(error.message); process.exit(127); });
child.on('exit', code => process.exit(code ?? 1));
setTimeout(() => { group ? process.kill(-child.pid, 'SIGKILL') : child.kill('SIGKILL'); process.exit(124); }, Number(limit));
`;

/** Runs a program of the repository in the checkout, without a shell. */
export async function limited(
  root: string,
  words: readonly string[],
  { milliseconds, env }: { readonly milliseconds: number; readonly env: Readonly<Record<string, string>> },
): Promise<Ended> {
  const { exec } = await import('./execute.ts');
  const out: Buffer[] = [];
  const errorOutput: Buffer[] = [];
  const both: Buffer[] = [];
  const code = await exec(`"${process.execPath}"`, ['-e', LIMITED, '--', String(milliseconds), ...words], {
    cwd: root,
    silent: true,
    ignoreReturnCode: true,
    env,
    listeners: {
      stdout: data => void (out.push(data), both.push(data)),
      stderr: data => void (errorOutput.push(data), both.push(data)),
    },
  });
  const [stdout = '', stderr = '', output = ''] = [out, errorOutput, both].map(parts =>
    Buffer.concat(parts).toString('utf8'),
  );
  return { code, stdout, stderr, output };
}

/** What such a program gets to see of the environment. */
export const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || WITHHELD.test(name) ? [] : [[name, value]],
    ),
  );

/**
 * Words between spaces; quotes, single or double, hold one together.
 * @throws UserError where a quote is not closed, or no program is named
 */
export function wordsOf(command: string, option: string): string[] {
  const words: string[] = [];
  for (const [word] of command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g))
    words.push(word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''));
  if (/["']/.test(command.replace(/"[^"]*"|'[^']*'/g, ''))) throw new UserError(`${option}: a quote is not closed.`);
  if (words[0] === undefined || words[0].includes('{'))
    throw new UserError(`${option}: must start with the name of a program.`);
  return words;
}
