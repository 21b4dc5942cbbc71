import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'truncated-table',
  summary: 'TRUNCATE throws away every row of a table.',
  category: 'data-loss',
  severity: 'error',
  why: `
The rows cannot be brought back except from a backup. \`TRUNCATE\` takes \`ACCESS EXCLUSIVE\`, and with \`CASCADE\` empties
every table that references this one too.`,
  aliases: ['ban-truncate', 'ban-truncate-cascade', 'truncate'],
  examples: [{ given: 'create table carts (id bigint primary key);', bad: 'truncate carts;', good: null }],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'truncate') continue;
      const costs = costsOf(step, change);
      const lost = costs.flatMap(cost =>
        cost.kind === 'lose-data' && isVisible(cost.relation) ? [nameOf(cost.relation)] : [],
      );
      if (lost.length === 0 && !isVisible(change.relation)) continue;
      const names = lost.length > 0 ? lost : [nameOf(change.relation)];
      yield {
        message: `TRUNCATE loses every row of ${names.join(', ')} under ACCESS EXCLUSIVE: reads and writes wait until the commit.`,
        remedy: {
          text: 'If the rows may go, delete them in batches outside the migration; or allow this rule here and say why nobody needs them.',
          steps: [],
        },
        evidence: [change, ...costs],
      };
    }
  },
});
