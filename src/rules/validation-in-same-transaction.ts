import { isVisible, same } from '../model/effect.ts';
import { blocked, blocksWrites } from '../model/lock.ts';
import { defineRule } from '../model/rule.ts';
import { validate } from './shared/alter.ts';
import { costsOf } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { later, migration } from './shared/remedy.ts';

export default defineRule({
  id: 'validation-in-same-transaction',
  summary: 'A constraint is validated while the transaction still holds the lock from adding it.',
  category: 'locks',
  severity: 'error',
  why: `
\`NOT VALID\` and \`VALIDATE CONSTRAINT\` are two steps so that the scan runs under a weak lock. In one transaction
the strong lock of the first step is held until the scan finishes, which has no benefit.`,
  aliases: ['constraint-missing-not-valid-same-transaction', 'not-valid-validate-same-tx'],
  examples: [
    {
      setup: 'create table users (id bigint primary key, age int);',
      bad: 'alter table users add constraint adult check (age >= 18) not valid; alter table users validate constraint adult;',
      good: [
        'alter table users add constraint adult check (age >= 18) not valid;',
        'alter table users validate constraint adult;',
      ],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'validate-constraint' || !isVisible(change.relation)) continue;
      const costs = costsOf(step, change);
      if (!costs.some(cost => cost.kind === 'scan')) continue;
      const heldLock = step.heldLocks.find(lock => blocksWrites(lock.mode) && same(lock.relation, change.relation));
      if (!heldLock) continue;
      yield {
        message: `Validating ${quote(change.constraint)} scans ${quoteRelation(change.relation)} while the transaction still holds ${heldLock.mode} on it, blocking ${blocked(heldLock.mode)} until it finishes.`,
        remedy: {
          text: `Validate the constraint in ${later(step)}, after the transaction that adds it has committed.`,
          steps: [migration('Once the constraint is committed', validate(change.relation, change.constraint))],
        },
        evidence: [change, ...costs, heldLock],
      };
    }
  },
});
