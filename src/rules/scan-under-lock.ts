import { defineRule } from '../model/rule.ts';
import { blockingWork } from './shared/blocking-work.ts';
import { listed, quoteRelation } from './shared/quote.ts';
import { later } from './shared/remedy.ts';

export default defineRule({
  id: 'scan-under-lock',
  summary: 'A table is scanned while writes to it are blocked.',
  category: 'locks',
  severity: 'error',
  general: true,
  why: 'Checking rows means scanning the whole table. Under a lock that blocks writes, other sessions wait for the whole scan: seconds for a small table, hours for a large one.',
  examples: [
    {
      setup:
        'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint constraint owner references users not enforced);',
      bad: 'alter table orders alter constraint owner enforced;',
      good: null,
      pg: 18,
    },
  ],
  *check(step) {
    const blocking = blockingWork(
      step,
      step.costs.filter(cost => cost.kind === 'scan' || cost.kind === 'build-index'),
    );
    if (!blocking) return;
    const builds = blocking.work.some(cost => cost.kind === 'build-index');
    const tables = listed(blocking.work.map(cost => quoteRelation(cost.relation)));
    yield {
      message: `The statement ${builds ? 'builds indexes on' : 'scans'} ${tables} under ${blocking.under}.${blocking.uncertainty}`,
      remedy: {
        text: `Split the statement so that the scan runs separately under a weaker lock (NOT VALID first, VALIDATE in ${later(step)}), or run it in a maintenance window.`,
        steps: [],
      },
      evidence: blocking.evidence,
      ...blocking.severity,
    };
  },
});
