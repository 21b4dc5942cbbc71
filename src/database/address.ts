import { UserError } from '../model/errors.ts';

/** pg takes these from the query too, where they win: over the host that was vetted, and over the role without rights. */
const REDIRECTING = ['host', 'port', 'user', 'password', 'connectionString'];

/**
 * A server's address.
 * @throws UserError, which does not repeat the address: it may hold a password.
 */
export function parseAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol))
    throw new UserError('database: not a valid postgres:// URL.', {
      hint: 'Format: postgres://user:password@host:5432/database',
    });
  const redirecting = REDIRECTING.filter(name => url.searchParams.has(name));
  if (redirecting.length > 0)
    throw new UserError(`database: the URL must not set ${redirecting.join(' and ')} in its query string.`, {
      hint: 'Set them before the question mark: postgres://user:password@host:5432/database',
    });
  return url;
}

/** Host, port and database: what may be printed. */
export const printable = ({ hostname, port, pathname }: URL): string =>
  `${hostname.replace(/%2f/gi, '/') || 'localhost'}:${port || '5432'}${pathname}`;
