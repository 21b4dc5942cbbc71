import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { blockingLock, costsOf, waits } from './shared/blocking-work.ts';
import { nameOf, quoteRelation } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';

export default defineRule({
  id: 'blocking-refresh',
  summary: 'A materialized view is refreshed while nobody can read it.',
  category: 'locks',
  severity: 'error',
  why: `
\`REFRESH MATERIALIZED VIEW\` runs the query of the view under \`ACCESS EXCLUSIVE\`. \`CONCURRENTLY\` lets readers see the old
rows meanwhile; it needs a unique index on plain columns over all rows, and a view that has been filled once.`,
  aliases: ['refresh-materialized-view-not-concurrent'],
  examples: [
    {
      given:
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
        message: `Refreshing ${nameOf(change.relation)} runs its whole query under ${waits(lock)} until it is done.`,
        remedy: {
          text: 'Refresh it CONCURRENTLY, which needs a unique index over all rows of the view.',
          steps: [migration('Refresh', `REFRESH MATERIALIZED VIEW CONCURRENTLY ${quoteRelation(change.relation)}`)],
        },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
