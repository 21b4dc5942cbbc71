import type { Client } from '../database/service.ts';
import { attempt, type Failure } from '../database/failure.ts';
import type { Cost, CostOf, Relation } from '../model/effect.ts';

/** One statement, run. */
export interface Measured {
  readonly costs: readonly Cost[];
  readonly ms: number;
  /** False when locks could only be watched from another session: what was not seen may still have been taken. */
  readonly complete: boolean;
  readonly failure: Failure | null;
  /** Relations of before that are dropped. */
  readonly dropped?: readonly Relation[];
  /** What the session held before it. */
  readonly heldLocks?: readonly CostOf<'lock'>[];
}

/** The process that serves this session. */
export async function backend(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_catalog.pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}

/** Runs SQL and keeps what the server tells about it; the session's own client_min_messages is put back. */
export async function runWithNotices(
  client: Client,
  sql: string,
): Promise<{ notices: string[]; ms: number; failure: Failure | null }> {
  const quiet = await level(client);
  const notices: string[] = [];
  const listen = ({ message }: { message?: string | undefined }): void => {
    if (message) notices.push(message);
  };
  await client.query('set client_min_messages = debug1');
  client.on('notice', listen);
  const start = performance.now();
  const failure = await attempt(client, sql);
  const ms = performance.now() - start;
  client.off('notice', listen);
  // In a failed transaction nothing can be set; its rollback takes the setting back.
  const levelBefore = await level(client).catch(() => null);
  if (levelBefore === 'debug1') await client.query(`set client_min_messages = ${quiet}`);
  return { notices, ms, failure };
}

async function level(client: Client): Promise<string> {
  const { rows } = await client.query<{ level: string }>(
    "select pg_catalog.current_setting('client_min_messages') as level",
  );
  return rows[0]?.level ?? 'notice';
}
