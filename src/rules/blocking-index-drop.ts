import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { blockingLock, costsOf, waits } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { howOutside, outside } from './shared/remedy.ts';

export default defineRule({
  id: 'blocking-index-drop',
  summary: 'DROP INDEX blocks reads and writes on its table.',
  category: 'locks',
  severity: 'warning',
  why: `
\`DROP INDEX\` takes an \`ACCESS EXCLUSIVE\` lock on the table. The drop itself is fast, but it waits for running
queries, and later queries queue behind it. \`DROP INDEX CONCURRENTLY\` waits without blocking other queries.`,
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
        message: `DROP INDEX ${quote(change.index)} takes ${waits(lock)} on ${quoteRelation(change.relation)}, also while it waits for running queries.`,
        remedy: partitioned
          ? {
              text: 'DROP INDEX CONCURRENTLY is not supported for an index of a partitioned table. Set a short lock_timeout and retry when it expires.',
              steps: [],
            }
          : {
              text: `Use DROP INDEX CONCURRENTLY.${howOutside(step)}`,
              steps: [outside(step, 'Drop the index', `DROP INDEX CONCURRENTLY ${schema}${quote(change.index)}`)],
            },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
