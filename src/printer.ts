import { Expected } from './errors.ts';
import type { Print } from './printed.ts';

/**
 * Runs `sql-command` in the checkout; loaded where there is a command to run.
 * @throws Expected where the secrets of a pull request's base are at hand: programs of the pull request are not run there
 */
export async function printer(root: string, command: string, atBase = false): Promise<Print> {
  if (atBase)
    throw new Expected(
      'sql-command is refused on pull_request_target: it would run the pull request with the secrets of its base.',
      { hint: 'Run the gate on pull_request.' },
    );
  return (await import('./repo/sql-command.ts')).sqlCommand(root, command);
}
