import { UserError } from '../model/errors.ts';
import { environment, limited, wordsOf } from './limited.ts';

const LIMIT = 120_000;

/**
 * Runs a command of the repository in the checkout, without a shell, and answers with what it prints.
 * @throws UserError when it cannot be run, fails, or takes too long
 */
export function printingCommand(root: string, command: string, option: string): () => Promise<string> {
  const words = wordsOf(command, option);
  return async () => {
    const { code, stdout, stderr } = await limited(root, words, { milliseconds: LIMIT, env: environment() });
    if (code === 0) return stdout;
    const what = code === 124 ? `took longer than ${LIMIT / 1000} seconds` : `exited with status ${code}`;
    throw new UserError(`${option} ${what}: ${command}`, {
      hint: stderr.trim().split('\n').slice(-10).join('\n').slice(-1500) || 'The command printed no error.',
    });
  };
}
