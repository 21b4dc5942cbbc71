import { keyOf } from '../model/schema.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { wholeRows } from './shared/whole-rows.ts';

export default defineRule({
  id: 'unbounded-delete',
  summary: 'Every row of a table is deleted in one statement.',
  category: 'data',
  severity: 'error',
  why: `
The rows can be restored only from a backup, as after \`TRUNCATE\`. One statement that changes every row locks each of them until commit, writes all of them to the WAL at once, leaves as
many dead rows behind, and holds back replicas and vacuum while it runs. With batches that commit individually, no
session waits for long.`,
  aliases: ['unbatched-delete', 'delete-without-where'],
  examples: [
    {
      setup: 'create table users (id bigint primary key, active boolean);',
      bad: 'delete from users;',
      good: ['delete from users where id in (select id from users where not active limit 1000);'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      const relation = change.kind === 'change-rows' && wholeRows(change, 'delete', step);
      if (!relation) continue;
      const key = step.before.relations.get(keyOf(relation))?.constraints.find(c => c.type === 'primary-key')?.columns;
      const by = key?.length === 1 ? quote(key[0] ?? 'ctid') : 'ctid';
      yield {
        message: `Deletes every row of ${quoteRelation(relation)}, as TRUNCATE does; other writes to these rows wait until commit.`,
        remedy: {
          text: 'If the rows are not needed, delete them in batches that commit individually, until no row is left, and suppress this finding with that reason.',
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
