import type { Change } from '../../model/effect.ts';

const PASSES: Readonly<Partial<Record<Change['kind'], number>>> = {
  'drop-column': 0,
  'drop-constraint': 0,
  'drop-not-null': 0,
  'retype-column': 1,
  'create-sequence': 2,
  'add-column': 3,
  'set-not-null': 5,
};
function pass(change: Change): number {
  switch (change.kind) {
    case 'add-constraint':
      return change.constraint.type === 'foreign-key' || change.constraint.type === 'check' ? 7 : 6;
    case 'set-expression':
      return change.to === null ? 0 : 4;
    case 'set-default':
      return change.default === null ? 0 : 7;
    case 'set-identity':
      return change.to === null ? 0 : change.existed ? 8 : 7;
    default:
      return PASSES[change.kind] ?? 8;
  }
}

/**
 * ALTER TABLE works in passes, not in written order (AlterTablePass, tablecmds.c 18): drops, type changes, new
 * columns, constraints and NOT NULL, index-building constraints, the rest.
 */
export const inPasses = (changes: readonly Change[]): Change[] =>
  changes
    .map((change, written) => ({ change, written }))
    .sort((a, b) => pass(a.change) - pass(b.change) || a.written - b.written)
    .map(({ change }) => change);
