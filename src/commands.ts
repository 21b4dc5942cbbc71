import type { Options } from './config/options.ts';
import { Expected } from './errors.ts';
import type { Input } from './run.ts';

/**
 * The commands of the repository that the options name, to be run in the checkout. The rooms that run them are loaded
 * where there is one.
 * @throws Expected where the secrets of a pull request's base are at hand: programs of the pull request are not run there
 */
export async function commands(
  root: string,
  { 'sql-command': sql, 'apply-command': apply, database }: Options,
  atBase = false,
): Promise<Pick<Input, 'print' | 'apply'>> {
  for (const [name, command] of Object.entries({ 'sql-command': sql, 'apply-command': apply }))
    if (command !== null && atBase)
      throw new Expected(
        `${name} is refused on pull_request_target: it would run the pull request with the secrets of its base.`,
        { hint: 'Run the gate on pull_request.' },
      );
  if (apply !== null && database === 'none')
    throw new Expected('apply-command has no database to run on.', { hint: 'Say which: database: local.' });
  return {
    ...(sql === null ? {} : { print: (await import('./repo/sql-command.ts')).sqlCommand(root, sql) }),
    ...(apply === null ? {} : { apply: (await import('./repo/apply-command.ts')).applyCommand(root, apply) }),
  };
}
