import type { Client } from '../../database/service.ts';
import { quoted, type Target } from './probe.ts';

/**
 * A report, a dump or a forgotten session: it has read every table, and keeps its snapshot and ACCESS SHARE for `ms`.
 *
 * Resolves when it holds the locks, to what lets go of them early.
 */
export async function readingTransaction(
  client: Client,
  targets: readonly Target[],
  ms: number,
): Promise<() => Promise<void>> {
  await client.query('begin isolation level repeatable read');
  for (const target of targets) await client.query(`explain select from ${quoted(target)}`);
  const release = async (): Promise<void> => {
    clearTimeout(timer);
    await client.query('rollback').catch(() => undefined);
  };
  const timer = setTimeout(() => void release(), ms);
  return release;
}
