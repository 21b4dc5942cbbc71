import { isVisible, type Cost } from '../model/effect.ts';
import { blocksWrites } from '../model/lock.ts';
import type { Step } from '../model/step.ts';
import type { Proof } from './proofs.ts';

/** A finding, where what nobody foretold hurts. */
export function surprise({ statement, migration }: Step, unpredicted: readonly Cost[]): Proof[] {
  const hurts = unpredicted.filter(isHarm);
  if (hurts.length === 0) return [];
  const what = hurts.map(cost => (cost.kind === 'lock' ? cost.mode : cost.kind.replace('-', ' ')));
  const names = [...new Set(hurts.map(cost => cost.relation?.name ?? ''))];
  const message = `The server was seen to do what was not foretold: ${what.join(', ')} on ${names.join(', ')}.`;
  return [{ rule: 'unpredicted-cost', message, span: statement.span, migration: migration.id, evidence: hurts }];
}

/** Work, or a lock that stops writes, on tables that others can see. Rows that a query reads stop nobody. */
const isHarm = (cost: Cost): boolean =>
  cost.relation !== null &&
  cost.relation.kind !== 'sequence' &&
  isVisible(cost.relation) &&
  (cost.kind === 'lock' ? blocksWrites(cost.mode) : cost.kind !== 'scan');
