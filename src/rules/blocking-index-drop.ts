import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { blockingLock, costsOf, waits } from './shared/blocking-work.ts';
import { nameOf, quote } from './shared/quote.ts';
import { howOutside, outside } from './shared/remedy.ts';

export default defineRule({
  id: 'blocking-index-drop',
  summary: 'An index is dropped under a lock that blocks its table.',
  category: 'locks',
  severity: 'warning',
  why: `
\`DROP INDEX\` takes \`ACCESS EXCLUSIVE\` on the table of the index. The drop itself is quick, but it waits for every running
query, and every later query waits behind it. \`DROP INDEX CONCURRENTLY\` waits without blocking anybody.`,
  aliases: ['require-concurrent-index-deletion', 'drop-index-not-concurrent', 'requireConcurrentIndexDeletion'],
  examples: [
    {
      given: 'create table orders (id bigint primary key, status text); create index orders_status on orders (status);',
      bad: 'drop index orders_status;',
      good: ['-- migration-gate: transaction per-statement\ndrop index concurrently orders_status;'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'drop-index' || change.concurrently || !isVisible(change.relation)) continue;
      const lock = blockingLock(step, change.relation);
      if (!lock) continue;
      const schema = change.relation.schema === 'public' ? '' : `${quote(change.relation.schema)}.`;
      const partitioned = change.relation.kind === 'partitioned-table';
      yield {
        message: `Dropping the index ${change.index} waits for all queries on ${nameOf(change.relation)} and holds ${waits(lock)} behind it.`,
        remedy: partitioned
          ? {
              text: 'An index of a partitioned table cannot be dropped CONCURRENTLY: set a short lock_timeout and try again when it runs out.',
              steps: [],
            }
          : {
              text: `Drop the index CONCURRENTLY.${howOutside(step)}`,
              steps: [outside(step, 'Drop the index', `DROP INDEX CONCURRENTLY ${schema}${quote(change.index)}`)],
            },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
