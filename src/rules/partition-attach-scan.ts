import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'partition-attach-scan',
  summary: 'ATTACH PARTITION reads a whole table, or builds its indexes, under a lock.',
  category: 'locks',
  severity: 'error',
  why: `
\`ATTACH PARTITION\` reads the new partition under \`ACCESS EXCLUSIVE\` to see that every row is within the bound, builds the
indexes that it lacks, and reads the default partition to see that no row there belongs to it. A validated check that
implies the bound spares the reading, and indexes that are there already are taken over.`,
  examples: [
    {
      given:
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
      const found = blockingWork(step, costsOf(step, change));
      if (!found) continue;
      const build =
        found.work.every(cost => cost.kind !== 'scan') || found.work.some(cost => cost.kind === 'build-index');
      yield {
        message: `Making ${nameOf(attached)} a partition ${build ? 'builds indexes on' : 'reads'} ${nameOf(found.relation)} under ${found.under}.${found.doubt}`,
        remedy: {
          text: `First add a check to ${nameOf(found.relation)} that implies the bound (for the default partition: that excludes it), NOT VALID, and validate it in a migration of its own; build missing indexes CONCURRENTLY. Attach the partition after that, and drop the check.`,
          steps: [],
        },
        evidence: [change, ...found.evidence],
        ...found.severity,
      };
    }
  },
});
