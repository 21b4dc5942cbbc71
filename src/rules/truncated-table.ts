import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { listed, quoteRelation } from './shared/quote.ts';

export default defineRule({
  id: 'truncated-table',
  summary: 'TRUNCATE deletes every row of a table.',
  category: 'data-loss',
  severity: 'error',
  why: `
The rows can be restored only from a backup. \`TRUNCATE\` takes \`ACCESS EXCLUSIVE\`, and with \`CASCADE\` it also
empties every table that references this one.`,
  aliases: ['ban-truncate', 'ban-truncate-cascade', 'truncate'],
  examples: [{ setup: 'create table carts (id bigint primary key);', bad: 'truncate carts;', good: null }],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'truncate') continue;
      const costs = costsOf(step, change);
      const emptied = costs.flatMap(cost =>
        cost.kind === 'lose-data' && isVisible(cost.relation) ? [quoteRelation(cost.relation)] : [],
      );
      if (emptied.length === 0 && !isVisible(change.relation)) continue;
      const names = emptied.length > 0 ? emptied : [quoteRelation(change.relation)];
      yield {
        message: `TRUNCATE deletes every row of ${listed(names)} under an ACCESS EXCLUSIVE lock and blocks reads and writes until commit.`,
        remedy: {
          text: 'If the rows are not needed, delete them in batches outside the migration, or suppress this finding and state why they are not needed.',
          steps: [],
        },
        evidence: [change, ...costs],
      };
    }
  },
});
