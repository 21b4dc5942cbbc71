import type { Options } from '../config/options.ts';
import { UserError } from '../model/errors.ts';
import type { Commands, OnDatabase, PrintSql } from '../model/commands.ts';
import { fromStart, type Start } from '../repo/start.ts';

const NAMES = ['sql-command', 'apply-command', 'seed-command', 'schema-command'] as const;

/**
 * The commands of the repository that the options name, to be run in the checkout. The rooms that run them are loaded
 * where there is one.
 * @throws UserError where the secrets of a pull request's base are available: programs of the pull request are not run there
 */
export async function commands(
  root: string,
  options: Options,
  { atBase = false, start }: { readonly atBase?: boolean; readonly start?: Start } = {},
): Promise<Commands> {
  for (const name of NAMES) {
    if (options[name] === null) continue;
    if (atBase)
      throw new UserError(
        `${name} is not allowed on pull_request_target: it would run code from the pull request with access to secrets.`,
        { hint: 'Run the workflow on pull_request.' },
      );
    if (name !== 'apply-command' && name !== 'seed-command') continue;
    const [first] = options.database.trim().split(/\s+/);
    if (first === 'none')
      throw new UserError(`${name} needs a database.`, { hint: 'Set database: local, or the URL of a server.' });
    if (first === 'embedded')
      throw new UserError(
        `${name} cannot be used with database: embedded, because other programs cannot connect to it.`,
        {
          hint: 'Set database: local, or the URL of a server.',
        },
      );
  }
  const { 'sql-command': sql, 'apply-command': apply, 'seed-command': seed, 'schema-command': schema } = options;
  const onDatabase = async (command: string, option: string): Promise<OnDatabase> =>
    (await import('../repo/database-command.ts')).databaseCommand(root, command, { option });
  return {
    ...(sql === null ? {} : { print: placed((await import('../repo/sql-command.ts')).sqlCommand(root, sql), start) }),
    ...(apply === null ? {} : { apply: await onDatabase(apply, 'apply-command') }),
    ...(seed === null ? {} : { seed: await onDatabase(seed, 'seed-command') }),
    ...(schema === null
      ? {}
      : { schema: (await import('../repo/printing-command.ts')).printingCommand(root, schema, 'schema-command') }),
  };
}

/** The command knows the file as it is seen from where it runs. */
const placed = (print: PrintSql, start: Start | undefined): PrintSql =>
  start === undefined || start.below === ''
    ? print
    : (migration, previous) => print({ ...migration, file: fromStart(start, migration.file) }, previous);
