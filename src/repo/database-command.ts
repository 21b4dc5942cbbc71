import { UserError } from '../model/errors.ts';
import { environment, limited, wordsOf } from './limited.ts';

/** A whole history, and the start of a framework for it. */
const LIMIT = 600_000;
const LINES = 8;
const LONGEST = 1200;

/** How the command ended. */
export interface Ran {
  /** Null when it went well. */
  readonly failure: string | null;
  /** Its last lines, without credentials. */
  readonly output: string;
  readonly ms: number;
}

/**
 * Runs a command of the repository in the checkout, on the database at an address: in DATABASE_URL and in libpq's own
 * variables, and where the command names `{url}`, `{host}`, `{port}`, `{user}`, `{password}` or `{database}`. There is no
 * shell.
 * @throws UserError where the command cannot be started
 */
export function databaseCommand(
  root: string,
  command: string,
  { option, milliseconds = LIMIT }: { readonly option: string; readonly milliseconds?: number },
): (address: string) => Promise<Ran> {
  const words = wordsOf(command, option);
  return async address => {
    const parts = partsOf(address);
    const filled = words.map(word =>
      word.replace(/\{(\w+)\}/g, (mark, name: string) => {
        return Object.hasOwn(parts, name) ? parts[name as keyof Parts] : mark;
      }),
    );
    const start = performance.now();
    const { code, output } = await limited(root, filled, { milliseconds, env: environmentFor(parts) });
    const ms = performance.now() - start;
    const tail = lastLines(masked(output, parts.password));
    if (code === 127 && /\bENOENT\b/.test(output))
      throw new UserError(`${option} cannot be started: program ${JSON.stringify(words[0] ?? '')} not found.`, {
        hint: tail,
      });
    const failure =
      code === 0
        ? null
        : code === 124
          ? `took longer than ${milliseconds / 1000} seconds`
          : `exited with status ${code}`;
    return { failure, output: tail, ms };
  };
}

type Parts = Readonly<Record<'url' | 'host' | 'port' | 'user' | 'password' | 'database', string>>;

function partsOf(address: string): Parts {
  const { hostname, port, username, password, pathname } = new URL(address);
  return {
    url: address,
    host: hostname.replace(/^\[|\]$/g, '') || 'localhost',
    port: port || '5432',
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}

/** Nothing of the caller's that would lead elsewhere. lib/pq demands TLS where nothing is said, libpq does not. */
function environmentFor({ url, host, port, user, password, database }: Parts): Record<string, string> {
  const inherited = Object.entries(environment()).filter(([name]) => !/^PG[A-Z]/.test(name));
  return {
    ...Object.fromEntries(inherited),
    DATABASE_URL: url,
    PGHOST: host,
    PGPORT: port,
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
    PGSSLMODE: new URL(url).searchParams.get('sslmode') ?? 'disable',
  };
}

const SECRET = /TOKEN|SECRET|PASS|CREDENTIAL|PRIVATE|_KEY$|API_?KEY/i;
/** Shorter ones are words. */
const SHORTEST = 6;

/** What is printed may end up in a comment, where the runner masks nothing. */
function masked(output: string, password: string): string {
  const values = Object.entries(process.env).flatMap(([name, value]) => (SECRET.test(name) && value ? [value] : []));
  const secrets = [password, ...values].filter(secret => secret.length >= SHORTEST).sort((a, b) => b.length - a.length);
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), output).replace(/:\/\/[^\s/@]+@/g, '://***@');
}

/** Without the colours of a terminal. */
function lastLines(output: string): string {
  // eslint-disable-next-line no-control-regex -- escape sequences begin with a control character
  const plain = output.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
  const lines = plain
    .split(/[\r\n]+/)
    .map(line => line.trim())
    .filter(line => line !== '');
  return lines.slice(-LINES).join(' | ').slice(-LONGEST);
}
