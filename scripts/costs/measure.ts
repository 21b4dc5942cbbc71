import type { Bench } from '../../__tests__/ground-truth/live.ts';
import type { Entry } from './entry.ts';
import { factsOf, type Facts } from './facts.ts';

/** What a server does with an entry; where it cannot even do the setup, that error. */
export async function measure(live: Bench, { setup = '', ...entry }: Entry): Promise<Facts> {
  const measured = await live.measure({ setup, ...entry });
  return 'skipped' in measured ? { error: measured.skipped } : factsOf(measured, measured.tableOf);
}
