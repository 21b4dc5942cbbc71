import type { Change } from '../../model/effect.ts';

const NARROW: ReadonlySet<Change['kind']> = new Set([
  'drop-column',
  'set-default',
  'set-not-null',
  'drop-not-null',
  'set-identity',
  'set-expression',
  'set-column-statistics',
  'set-column-storage',
  'add-constraint',
  'validate-constraint',
  'drop-constraint',
]);
/** Under ONLY, where the change would reach children. */
export const withoutInheritors = (change: Change): Change =>
  NARROW.has(change.kind) ? ({ ...change, only: true } as Change) : change;
