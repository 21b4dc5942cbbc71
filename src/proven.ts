import type { Options } from './config/options.ts';
import type { Judged } from './judge.ts';
import type { History } from './model/source.ts';
import { NOTHING_SHOWN, type Shown } from './prove/shown.ts';

/** What a database shows of the judged migrations, where one was asked for. The room that proves is loaded then. */
export async function proven(
  options: Options,
  histories: readonly History[],
  judged: readonly Judged[],
): Promise<Shown> {
  const { database, 'postgres-version': major, 'throw-away': throwAway, 'require-rollback': requireRollback } = options;
  if (database === 'none') return NOTHING_SHOWN;
  const { proveAll } = await import('./prove/prove-all.ts');
  return await proveAll({ database, major, throwAway }, histories, judged, { requireRollback });
}
