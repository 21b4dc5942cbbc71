import { defineRule } from '../model/rule.ts';
import { quoteRelation } from './shared/quote.ts';

export default defineRule({
  id: 'reset-sequence',
  summary: 'A sequence in use is set to a hard-coded number.',
  category: 'data',
  severity: 'warning',
  why: `
Where the number has already been used, every insert that draws it fails with a duplicate key (23505) until the
sequence is past the used numbers, and a rollback does not undo \`setval\`. A number taken from the rows is correct
wherever the migration runs.`,
  aliases: ['setval', 'restart-sequence'],
  examples: [
    {
      setup: 'create sequence numbers; create table orders (id bigint primary key);',
      bad: "select setval('numbers', 1);",
      good: ["select setval('numbers', (select max(id) from orders));"],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'reset-sequence') continue;
      yield {
        message: `The sequence ${quoteRelation(change.relation)} is set to a hard-coded number: inserts fail with 23505 where that number has already been used.`,
        remedy: {
          text: `Take the number from the rows: setval('${quoteRelation(change.relation)}', (SELECT max(…) FROM …)).`,
          steps: [],
        },
        evidence: [change],
      };
    }
  },
});
