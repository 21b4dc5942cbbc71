import { keyOf } from '../model/schema.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { heldAt } from './shared/held-lock.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { deparse } from '../sql/deparse.ts';
import { as } from '../sql/nodes.ts';
import { wholeRows } from './shared/whole-rows.ts';

export default defineRule({
  id: 'unbounded-update',
  summary: 'Every row of a table is updated in one statement.',
  category: 'data',
  severity: 'warning',
  why: `
One statement that changes every row locks each of them until commit, writes all of them to the WAL at once, leaves as
many dead rows behind, and holds back replicas and vacuum while it runs. With batches that commit individually, no
session waits for long.`,
  aliases: ['unbatched-update', 'update-without-where'],
  examples: [
    {
      setup: 'create table users (id bigint primary key, active boolean);',
      bad: 'update users set active = true;',
      good: ['update users set active = true where id in (select id from users where active is null limit 1000);'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      // Under a lock of the same transaction it is backfill-with-schema-change that reports.
      if (heldAt(step, change)) continue;
      const relation = change.kind === 'change-rows' && wholeRows(change, 'update', step);
      if (!relation) continue;
      const key = step.before.relations.get(keyOf(relation))?.constraints.find(c => c.type === 'primary-key')?.columns;
      const by = key?.length === 1 ? quote(key[0] ?? 'ctid') : 'ctid';
      const node = as(step.statement.node, 'UpdateStmt');
      const written = node && deparse({ UpdateStmt: node });
      const batch = written
        ? `${written}\nWHERE ${by} IN (SELECT ${by} FROM ${quoteRelation(relation)} WHERE ${by} > ${by === 'ctid' ? "'(0,0)'" : '0'} ORDER BY ${by} LIMIT 1000);`
        : null;
      yield {
        message: `Updates every row of ${quoteRelation(relation)} in one transaction; other writes to these rows wait until commit.`,
        remedy: {
          text: 'Update in batches that commit individually, with the next key range each time, until the end of the table.',
          steps:
            batch === null ? [] : [{ title: 'Repeat, each time from the last key of the previous batch', sql: batch }],
        },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
