import { isVisible, same } from '../model/effect.ts';
import { blocked, blocksWrites } from '../model/lock.ts';
import { defineRule } from '../model/rule.ts';
import { validate } from './shared/alter.ts';
import { costsOf } from './shared/blocking-work.ts';
import { nameOf } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';

export default defineRule({
  id: 'validation-in-same-transaction',
  summary: 'A constraint is validated while the transaction still holds the lock of adding it.',
  category: 'locks',
  severity: 'error',
  why: `
\`NOT VALID\` and \`VALIDATE CONSTRAINT\` are two steps so that the reading happens under a weak lock. In one transaction the
strong lock of the first step is held until the second is done, and nothing is gained.`,
  aliases: ['constraint-missing-not-valid-same-transaction', 'not-valid-validate-same-tx'],
  examples: [
    {
      given: 'create table users (id bigint primary key, age int);',
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
      const held = step.held.find(lock => blocksWrites(lock.mode) && same(lock.relation, change.relation));
      if (!held) continue;
      yield {
        message: `Validating ${change.constraint} reads all of ${nameOf(change.relation)} while the transaction still holds ${held.mode} on it: ${blocked(held.mode)} wait until it is done.`,
        remedy: {
          text: 'Move the validation into a migration of its own, after the commit of the one that adds the constraint.',
          steps: [migration('The next migration', validate(change.relation, change.constraint))],
        },
        evidence: [change, ...costs, held],
      };
    }
  },
});
