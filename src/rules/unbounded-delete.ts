import { keyOf } from '../model/schema.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { nameOf, quote, quoteRelation } from './shared/quote.ts';
import { wholeRows } from './shared/whole-rows.ts';

export default defineRule({
  id: 'unbounded-delete',
  summary: 'Every row of a table is deleted in one statement.',
  category: 'data',
  severity: 'warning',
  why: `
One statement that touches every row locks each of them to the commit, writes all of them to the log at once, leaves as
many dead rows behind, and holds back replicas and vacuum for as long as it runs. In batches that commit one by one nobody
waits for long.`,
  aliases: ['unbatched-delete', 'delete-without-where'],
  examples: [
    {
      given: 'create table users (id bigint primary key, active boolean);',
      bad: 'delete from users;',
      good: ['delete from users where id in (select id from users where not active limit 1000);'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      const relation = change.kind === 'change-rows' && wholeRows(change, 'delete', step.before);
      if (!relation) continue;
      const key = step.before.relations.get(keyOf(relation))?.constraints.find(c => c.type === 'primary-key')?.columns;
      const by = key?.length === 1 ? quote(key[0] ?? 'ctid') : 'ctid';
      yield {
        message: `The delete deletes every row of ${nameOf(relation)} in one transaction: writers of these rows wait until the commit.`,
        remedy: {
          text: 'Delete in batches, each of which commits by itself, until none is left.',
          steps: [
            {
              title: 'Repeat until it reports DELETE 0',
              sql: `DELETE FROM ${quoteRelation(relation)} WHERE ${by} IN (SELECT ${by} FROM ${quoteRelation(relation)} LIMIT 1000);`,
            },
          ],
        },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
