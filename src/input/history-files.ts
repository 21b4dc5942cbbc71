import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { UserError } from '../model/errors.ts';
import { textIn, type Repo } from '../model/framework.ts';

interface Place {
  /** The folder that relative paths start from. */
  readonly cwd: string;
  /** The top of the checkout. */
  readonly top: string;
  /** The files before the change. */
  readonly base: Repo | null;
  /** The change is a list of files, so that nothing is known of others. */
  readonly isNamed: boolean;
}

/**
 * The text of a file that says what is applied. Inside of the checkout it is that of the base branch: a pull request could
 * otherwise say that what it edits was never applied.
 * @throws UserError where the file cannot be read, or only the change has it
 */
export async function historyText(path: string, { cwd, top, base, isNamed }: Place): Promise<string> {
  const shown = JSON.stringify(path);
  const written = resolve(cwd, path);
  const unreadable = (cause?: unknown): UserError =>
    new UserError(`--history: file ${shown} cannot be read.`, { cause });
  const inside = within(top, written) ?? within(realpathSync(top), linked(written) ?? written);
  if (inside === null) {
    return await readFile(written, 'utf8').catch((cause: unknown) => {
      throw unreadable(cause);
    });
  }
  const text = base === null || isNamed ? null : await textIn(base, inside);
  if (text !== null) return text;
  throw new UserError(
    `--history: file ${shown} is in the checkout and not on the base branch, so the change could have written it.`,
    { hint: 'Write it outside of the checkout (in CI: $RUNNER_TEMP), or keep it on the base branch.' },
  );
}

/** The path below a folder; null outside of it. */
function within(top: string, path: string): string | null {
  const below = relative(top, path);
  return below === '' || below === '..' || below.startsWith(`..${sep}`) || resolve(below) === below
    ? null
    : below.split(sep).join('/');
}

/** Where the path leads. */
function linked(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
