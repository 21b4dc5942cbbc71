import type { Client } from '../../database/service.ts';

/** The server ends what this process forgets, or leaves behind when it dies. */
const LIMIT = '60s';

/** A connection that cannot stand in anybody's way for long; it joins `opened` as soon as it is there. */
export async function session(
  open: () => Promise<Client>,
  opened: Client[],
): Promise<{ readonly client: Client; readonly pid: number }> {
  const client = await open();
  opened.push(client);
  await client.query(
    `set application_name = 'migration-gate canary'; set statement_timeout = '${LIMIT}';
     set idle_in_transaction_session_timeout = '${LIMIT}'`,
  );
  const { rows } = await client.query<{ pid: number }>('select pg_catalog.pg_backend_pid() as pid');
  return { client, pid: rows[0]?.pid ?? 0 };
}
