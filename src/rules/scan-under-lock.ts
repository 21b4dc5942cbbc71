import { defineRule } from '../model/rule.ts';
import { blockingWork } from './shared/blocking-work.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'scan-under-lock',
  summary: 'A table is read in full while writes to it wait.',
  category: 'locks',
  severity: 'error',
  general: true,
  why: `
Checking rows means reading them all. Under a lock that blocks writes, everybody waits for as long as that takes:
seconds for a small table, hours for a large one.`,
  examples: [
    {
      given:
        'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint constraint owner references users not enforced);',
      bad: 'alter table orders alter constraint owner enforced;',
      good: null,
      pg: 18,
    },
  ],
  *check(step) {
    const found = blockingWork(
      step,
      step.costs.filter(cost => cost.kind === 'scan' || cost.kind === 'build-index'),
    );
    if (!found) return;
    const builds = found.work.some(cost => cost.kind === 'build-index');
    const tables = [...new Set(found.work.map(cost => nameOf(cost.relation)))];
    yield {
      message: `The statement ${builds ? 'builds indexes on' : 'reads every row of'} ${tables.join(', ')} under ${found.under}.${found.doubt}`,
      remedy: {
        text: 'Split it so that the part that reads the rows runs by itself under a weaker lock (NOT VALID first, VALIDATE in a later migration), or run it in a maintenance window.',
        steps: [],
      },
      evidence: found.evidence,
      ...found.severity,
    };
  },
});
