import { Expected } from '../errors.ts';
import { ended } from './ended.ts';

/** How a program ended. 124: not in time. 127: it could not be started. */
export interface Said {
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

/** Runs a program of the repository in the checkout, without a shell. */
export async function limited(
  root: string,
  [program = '', ...args]: readonly string[],
  { milliseconds, env }: { readonly milliseconds: number; readonly env: Readonly<Record<string, string>> },
): Promise<Said> {
  const { code, ...said } = await ended(program, args, { cwd: root, env, milliseconds });
  const { stdout, stderr, output } = said;
  return { code, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8'), output: output.toString('utf8') };
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
 * @throws Expected where a quote is not closed, or no program is named
 */
export function wordsOf(command: string, option: string): string[] {
  const words: string[] = [];
  for (const [word] of command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g))
    words.push(word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''));
  if (/["']/.test(command.replace(/"[^"]*"|'[^']*'/g, '')))
    throw new Expected(`${option} has a quote that is not closed.`);
  if (words[0] === undefined || words[0].includes('{'))
    throw new Expected(`${option} must begin with the name of a program.`);
  return words;
}
