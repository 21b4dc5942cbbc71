import type { Bench } from '../ground-truth/live.ts';
import type { Entry } from './entry.ts';
import { factsOf, type Facts } from './facts.ts';
import { waitsOf } from './waits.ts';

/** What a server does with an entry; where it cannot even do the setup, that error. */
export async function measure(live: Bench, { setup = '', ...entry }: Entry): Promise<Facts> {
  const measured = await live.measure({ setup, ...entry });
  if ('skipped' in measured) return { error: measured.skipped };
  const facts = factsOf(measured, measured.tableOf);
  const waits = facts.alone && !facts.error ? await waitsOf(live, { setup, ...entry }) : [];
  return waits.length > 0 ? { ...facts, waits } : facts;
}
