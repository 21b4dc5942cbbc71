import type { Change } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { quoteRelation } from './shared/quote.ts';

const spelled = (change: Change): string | null => {
  if (change.kind === 'vacuum') return change.full ? 'VACUUM FULL' : null;
  if (change.kind === 'cluster') return 'CLUSTER';
  if (change.kind !== 'maintain-database') return null;
  return change.what === 'vacuum-full' ? 'VACUUM FULL' : change.what === 'cluster' ? 'CLUSTER' : null;
};

export default defineRule({
  id: 'vacuum-full',
  summary: 'VACUUM FULL or CLUSTER rewrites a table while it is locked.',
  category: 'locks',
  severity: 'error',
  why: `
Both copy the table and its indexes to new files under an \`ACCESS EXCLUSIVE\` lock, and need disk space for both
copies. Plain \`VACUUM\` does not block reads or writes; the extensions pg_repack and pg_squeeze do the same work with
short locks.`,
  aliases: ['ban-vacuum-full', 'vacuum-full'],
  examples: [
    {
      setup: 'create table orders (id bigint primary key);',
      bad: 'vacuum full orders;',
      good: ['-- migration-gate: transaction per-statement\nvacuum orders;'],
      transaction: 'per-statement',
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      const what = spelled(change);
      if (what === null) continue;
      const costs = costsOf(step, change);
      const blocking = blockingWork(step, costs);
      if (!blocking && change.kind !== 'maintain-database') continue;
      yield {
        message: blocking
          ? `${what} rewrites ${quoteRelation(blocking.relation)} under ${blocking.under}.`
          : `${what} without a table rewrites every table of the database under ACCESS EXCLUSIVE locks, which block reads and writes.`,
        remedy: {
          text: 'Use plain VACUUM, or pg_repack, which copies the table with short locks only. Run maintenance outside migrations.',
          steps: [],
        },
        evidence: [change, ...costs],
      };
    }
  },
});
