import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { quoteRelation } from './shared/quote.ts';
import { later } from './shared/remedy.ts';

export default defineRule({
  id: 'partition-attach-scan',
  summary: 'ATTACH PARTITION scans a table, or builds its indexes, under a lock.',
  category: 'locks',
  severity: 'error',
  why: `
\`ATTACH PARTITION\` scans the new partition under an \`ACCESS EXCLUSIVE\` lock to check that every row is within the
bound, builds the indexes that are missing, and scans the default partition to check that no row there belongs to the
new one. A validated check that implies the bound skips the scan, and existing indexes are reused.`,
  examples: [
    {
      setup:
        'create table events (id bigint, day date not null) partition by range (day); create table events_2026 (id bigint, day date not null);',
      bad: "alter table events attach partition events_2026 for values from ('2026-01-01') to ('2027-01-01');",
      good: [
        "alter table events_2026 add constraint bound check (day >= date '2026-01-01' and day < date '2027-01-01') not valid;",
        'alter table events_2026 validate constraint bound;',
      ],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      const attached =
        change.kind === 'attach-partition'
          ? change.partition
          : change.kind === 'create-table' && change.table.partitionOf
            ? change.relation
            : null;
      if (!attached) continue;
      const blocking = blockingWork(step, costsOf(step, change));
      if (!blocking) continue;
      const build =
        blocking.work.every(cost => cost.kind !== 'scan') || blocking.work.some(cost => cost.kind === 'build-index');
      yield {
        message: `Adding the partition ${quoteRelation(attached)} ${build ? 'builds indexes on' : 'scans'} ${quoteRelation(blocking.relation)} under ${blocking.under}.${blocking.uncertainty}`,
        remedy: {
          text: `Before attaching, add a NOT VALID check to ${quoteRelation(blocking.relation)} that implies the bound (on the default partition: one that excludes it), validate it in ${later(step)}, and build missing indexes CONCURRENTLY. Drop the check afterwards.`,
          steps: [],
        },
        evidence: [change, ...blocking.evidence],
        ...blocking.severity,
      };
    }
  },
});
