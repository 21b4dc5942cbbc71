import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { blockingLock, costsOf, waits } from './shared/blocking-work.ts';
import { alter } from './shared/alter.ts';
import { quoteRelation } from './shared/quote.ts';
import { howOutside, outside } from './shared/remedy.ts';

export default defineRule({
  id: 'partition-detach-blocking',
  summary: 'DETACH PARTITION locks the whole partitioned table.',
  category: 'locks',
  severity: 'warning',
  why: `
\`DETACH PARTITION\` takes \`ACCESS EXCLUSIVE\` on the parent: every query on the partitioned table queues behind it.
\`DETACH PARTITION … CONCURRENTLY\` (Postgres 14 and later) does not block queries, but must run outside a transaction
and is not supported with a default partition.`,
  examples: [
    {
      setup:
        "create table events (id bigint, day date not null) partition by range (day); create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01');",
      bad: 'alter table events detach partition events_2026;',
      good: [
        '-- migration-gate: transaction per-statement\nalter table events detach partition events_2026 concurrently;',
      ],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'detach-partition' || change.concurrently || change.finalize) continue;
      const lock = isVisible(change.relation) ? blockingLock(step, change.relation) : undefined;
      if (!lock) continue;
      const clause = `DETACH PARTITION ${quoteRelation(change.partition)} CONCURRENTLY`;
      yield {
        message: `Detaching the partition ${quoteRelation(change.partition)} takes ${waits(lock)} on all of ${quoteRelation(change.relation)}.`,
        remedy: {
          text: `Use DETACH PARTITION … CONCURRENTLY (Postgres 14 and later), which leaves a CHECK of the bound on the partition.${howOutside(step)}`,
          steps: outside(step, 'Detach the partition', alter(change.relation, clause)),
        },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
