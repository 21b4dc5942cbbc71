import type { Duplex } from 'node:stream';
import pg from 'pg';
import { UserError } from '../model/errors.ts';
import { parseAddress, printable } from './address.ts';
import { limit, type End } from './bounded.ts';

export type { Client } from 'pg';

const CONNECT_MS = 10_000;
/** Longer than a statement of a migration may take, which is ended first (bounded.ts). */
const QUERY_MS = 150_000;

/**
 * Opens a connection to the database at `url`.
 * @throws UserError when that fails; the message names host, port and database, and never the credentials.
 */
export async function connect(url: string): Promise<pg.Client> {
  const client = await establish({ connectionString: url }, `the database at ${printable(parseAddress(url))}`);
  limit(client, endThrough(url, client));
  return client;
}

/** The same role may end what it does elsewhere; the connection by which it says so has no part in it. */
function endThrough(url: string, client: pg.Client): End {
  const { processID } = client as unknown as { processID: number };
  return async verb => {
    const other = await establish({ connectionString: url }, 'the database');
    await other.query(`select pg_catalog.${verb}($1)`, [processID]).finally(() => other.end());
  };
}

/** Opens a connection to a server that speaks through `stream`. */
export async function connectThrough(stream: Duplex, user: string): Promise<pg.Client> {
  const config = { stream: () => stream, user, database: user, ssl: false };
  const client = await establish(config, 'the embedded database');
  limit(client, null);
  return client;
}

async function establish(config: pg.ClientConfig, where: string): Promise<pg.Client> {
  const client = new pg.Client({
    ...config,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    application_name: 'migration-gate',
  });
  // Without a listener a connection that breaks between queries would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new UserError(`Cannot connect to ${where}: ${reason(error)}.`, {
      hint: 'Check that it is running, and that host, port, user and password are correct.',
    });
  }
  return client;
}

/** A code says enough; messages of the server and of the driver may repeat the user name. */
function reason(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return code;
  return error instanceof Error && /timeout/i.test(error.message) ? 'timeout' : 'connection refused or lost';
}
