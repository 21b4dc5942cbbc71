import { UserError } from '../model/errors.ts';

/** The environment variable that holds the URL of the database, unless another one is named. */
export const DEFAULT_VARIABLE = 'DATABASE_URL';

export const isUrl = (text: string): boolean => /^postgres(ql)?:\/\//.test(text);

const FORMAT = 'postgres://user:password@host:5432/database';

/**
 * The URL in an environment variable; `where` is what named it.
 * @throws UserError, which does not repeat what the variable holds
 */
export function urlIn(name: string, where: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw new UserError(`${where}: must be a postgres:// URL, or the name of an environment variable.`, {
      hint: `Format: ${FORMAT}`,
    });
  const url = process.env[name];
  if (url === undefined || url === '')
    throw new UserError(`${where}: the environment variable ${name} is not set.`, {
      hint: `Set it to the URL of the database: ${FORMAT}`,
    });
  if (isUrl(url)) return url;
  throw new UserError(`${where}: the environment variable ${name} is not a postgres:// URL.`, {
    hint: `Format: ${FORMAT}`,
  });
}
