import { connect, type Client } from '../../database/service.ts';
import { UserError } from '../../model/errors.ts';
import type { Pooling } from './facts.ts';

/** Names under which providers offer a pooler in transaction mode, which may pass on the key of the server. */
const HOSTS: readonly RegExp[] = [/-pooler\.[\w.-]+\.neon\.tech$/i, /\.pooler\.supabase\.com$/i];
const SUPABASE_TRANSACTION_PORT = '6543';

/** Turns that two clients take; one alone in the pool shares its session at the first. */
const TURNS = 6;
const SECOND_CLIENT_MS = 3_000;

/**
 * Whether a pooler is between `client` and its server, without writing. The server announces its process with the key of the
 * connection (BackendKeyData; manual, 54.2.1), in place of which a pooler gives one of its own. If two clients that take turns are
 * then served by one process, or one client by several, sessions belong to transactions.
 */
export async function poolingOf(client: Client, url: string): Promise<Pooling> {
  const named = byName(url);
  if (named !== null) return named;
  const announced = (client as unknown as { readonly processID: number }).processID;
  if (announced === (await served(client))) return { mode: 'none' };
  const second = await withinTime(connect(url));
  if (second === null) return { mode: 'unknown', because: 'the pooler gave no second session within 3 seconds' };
  try {
    const own = new Set<number>();
    const others = new Set<number>();
    for (let turn = 0; turn < TURNS; turn += 1) {
      own.add(await served(client));
      others.add(await served(second));
    }
    if ([...own].some(pid => others.has(pid)))
      return { mode: 'transaction', because: 'two clients were served by one session of the server' };
    if (own.size > 1 || others.size > 1)
      return { mode: 'transaction', because: 'one client was served by several sessions of the server' };
    return { mode: 'session' };
  } finally {
    await second.end().catch(() => undefined);
  }
}

function byName(url: string): Pooling | null {
  const { hostname, port } = new URL(url);
  if (!HOSTS.some(host => host.test(hostname))) return null;
  const isSession = /supabase/i.test(hostname) && port !== SUPABASE_TRANSACTION_PORT;
  return isSession ? null : { mode: 'transaction', because: 'its host is known to be a pooler in transaction mode' };
}

async function served(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_catalog.pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}

/** A pool may be exhausted: then the second client waits. */
async function withinTime(connecting: Promise<Client>): Promise<Client | null> {
  let late = false;
  const slow = new Promise<null>(resolve => {
    setTimeout(() => {
      late = true;
      resolve(null);
    }, SECOND_CLIENT_MS).unref();
  });
  const client = connecting.catch((error: unknown) => {
    if (error instanceof UserError) return null;
    throw error;
  });
  void client.then(async one => {
    if (late) await one?.end().catch(() => undefined);
  });
  return await Promise.race([client, slow]);
}
