import { defineRule } from '../model/rule.ts';
import { nameOf, quoteRelation } from './shared/quote.ts';

export default defineRule({
  id: 'reset-sequence',
  summary: 'A sequence in use goes on from a number that is written down.',
  category: 'data',
  severity: 'warning',
  why: `
Where the number has been given already, every insert that draws one fails with a duplicate key (23505) until the sequence
is past them; and no rollback undoes \`setval\`. Taken from the rows themselves it is right wherever the migration runs.`,
  aliases: ['setval', 'restart-sequence'],
  examples: [
    {
      given: 'create sequence numbers; create table orders (id bigint primary key);',
      bad: "select setval('numbers', 1);",
      good: ["select setval('numbers', (select max(id) from orders));"],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'reset-sequence') continue;
      yield {
        message: `${nameOf(change.relation)} goes on from a number that is written down: inserts fail with 23505 where it has been given already.`,
        remedy: {
          text: `Take the number from the rows: setval('${quoteRelation(change.relation)}', (SELECT max(…) FROM …)).`,
          steps: [],
        },
        evidence: [change],
      };
    }
  },
});
