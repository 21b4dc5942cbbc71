import { UserError } from '../model/errors.ts';
import { parseAddress, printable } from './address.ts';
import { EMBEDDED_MAJOR, embeddedTestServer } from './embedded-test-server.ts';
import { RANDOM_NAME } from './lease.ts';
import { startLocal, type Server } from './local.ts';
import { testServerAt, type TestServer } from './test-server.ts';
import { connect } from './service.ts';

export interface ServerOptions {
  /** `local`, `embedded`, or the address of a server whose user is a superuser. */
  readonly database: string;
  readonly major: number;
  /** `host:port/database`, which confirms that a server is disposable that does not look so. */
  readonly throwAway: string | null;
  /** No other major version will do. */
  readonly exactly?: boolean;
  /** The folder in which a local cluster is left to later runs. */
  readonly baseCache?: string | null;
  /** Programs of the repository connect to its databases. */
  readonly forPrograms?: boolean;
}

/** Where migrations are verified. */
export async function openTestServer({
  database,
  major,
  throwAway,
  exactly = false,
  baseCache: cache = null,
  forPrograms = false,
}: ServerOptions): Promise<TestServer> {
  if (database === 'local') {
    const manner = { cache, forPrograms };
    return await testServerAt(exactly ? await startLocal({ major }, manner) : await nearest(major, manner));
  }
  if (database === 'embedded') {
    if (exactly && major !== EMBEDDED_MAJOR)
      throw new UserError(
        `The embedded Postgres is version ${EMBEDDED_MAJOR}; version ${major} is not available. Use database: local.`,
      );
    return embeddedTestServer();
  }
  if (!/^postgres(ql)?:\/\//.test(database))
    throw new UserError('database: must be none, local, embedded or a postgres:// URL.');
  await refuseTheirs(database, throwAway);
  return await testServerAt({ url: database, loopback: null, stop: () => Promise.resolve(), keep: null }, true);
}

/** The major version of the server at an address. */
export async function serverMajor(url: string): Promise<number> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ major: number }>(
      "select pg_catalog.current_setting('server_version_num')::int / 10000 as major",
    );
    return rows[0]?.major ?? 0;
  } finally {
    await client.end();
  }
}

/** A cluster of this major version, or of the nearest that the machine has. */
async function nearest(major: number, manner: Parameters<typeof startLocal>[1]): Promise<Server> {
  const majors = [13, 14, 15, 16, 17, 18].sort((a, b) => Math.abs(a - major) - Math.abs(b - major));
  for (const candidate of majors) {
    try {
      return await startLocal({ major: candidate }, manner);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  throw new UserError('database: local: no Postgres binaries are installed on this machine.', {
    hint: 'Debian and Ubuntu: apt-get install postgresql (preinstalled on the Ubuntu runners of GitHub). Or use database: embedded.',
  });
}

/** The machine itself, by its name or a socket, or a container's name. */
const NEAR = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|[a-z0-9_-]+|%2F.*)$/i;

/** @throws UserError for a server that somebody may need: far away, with tables, with databases, or without the rights. */
async function refuseTheirs(url: string, throwAway: string | null): Promise<void> {
  const address = parseAddress(url);
  const { hostname } = address;
  const name = printable(address);
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ tables: number; databases: number; superuser: boolean }>(`
      select (select count(*)::int from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
               where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                 and not exists (select 1 from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e')) as tables,
             (select count(*)::int from pg_catalog.pg_database where not datistemplate
               and datname not in ('postgres', pg_catalog.current_database())
               and datname !~ '${RANDOM_NAME}') as databases,
             (select rolsuper from pg_catalog.pg_roles where rolname = current_user) as superuser`);
    const { tables = 0, databases = 0, superuser = false } = rows[0] ?? {};
    if (!superuser)
      throw new UserError(`The user of ${name} must be a superuser, to create the role that migrations run as.`);
    const why = [
      ...(NEAR.test(hostname) ? [] : ['is on another host']),
      ...(tables > 0 ? [`contains ${tables} tables`] : []),
      ...(databases > 0 ? [`is on a server with ${databases} other databases`] : []),
    ];
    if (why.length > 0 && throwAway !== name)
      throw new UserError(`The database ${name} ${why.join(' and ')}, so it may be in use.`, {
        hint: `The check creates roles and databases on the server. If it is disposable, confirm with allow-nonempty-database: ${name}`,
      });
  } finally {
    await client.end();
  }
}
