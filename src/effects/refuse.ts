import type { Change } from '../model/effect.ts';
import { columns } from './refuse/columns.ts';
import type { Refusal, Refusals, Refusing } from './refuse/refusal.ts';

const REFUSALS: Refusals = {
  ...columns,
};

/** Why the server refuses a change on this schema; null when it takes it, and where the schema is not known well enough. */
export function refusal(change: Change, at: Refusing): Refusal | null {
  const checks = REFUSALS[change.kind] as readonly ((change: Change, at: Refusing) => Refusal | null)[] | undefined;
  for (const check of checks ?? []) {
    const refused = check(change, at);
    if (refused) return refused;
  }
  return null;
}
