import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { blockingLock, costsOf, waits } from './shared/blocking-work.ts';
import { quoteRelation } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';

export default defineRule({
  id: 'blocking-refresh',
  summary: 'REFRESH MATERIALIZED VIEW blocks reads of the view.',
  category: 'locks',
  severity: 'error',
  why: `
\`REFRESH MATERIALIZED VIEW\` runs the query of the view under an \`ACCESS EXCLUSIVE\` lock. With \`CONCURRENTLY\`,
readers see the previous rows until it finishes; this requires a unique index on plain columns that covers all rows, and a
view that is already populated.`,
  aliases: ['refresh-materialized-view-not-concurrent'],
  examples: [
    {
      setup:
        'create table orders (id bigint primary key); create materialized view totals as select count(*) as n from orders; create unique index on totals (n);',
      bad: 'refresh materialized view totals;',
      good: ['refresh materialized view concurrently totals;'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'refresh' || change.concurrently || !change.withData || !isVisible(change.relation)) continue;
      const lock = blockingLock(step, change.relation);
      if (!lock) continue;
      yield {
        message: `REFRESH MATERIALIZED VIEW ${quoteRelation(change.relation)} runs the query of the view under ${waits(lock)} until it finishes.`,
        remedy: {
          text: 'Refresh it CONCURRENTLY, which requires a unique index that covers all rows of the view.',
          steps: [migration('Refresh', `REFRESH MATERIALIZED VIEW CONCURRENTLY ${quoteRelation(change.relation)}`)],
        },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
