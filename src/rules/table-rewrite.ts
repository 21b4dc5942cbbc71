import { defineRule } from '../model/rule.ts';
import { blockingWork } from './shared/blocking-work.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'table-rewrite',
  summary: 'A table is written anew while nobody can read it.',
  category: 'locks',
  severity: 'error',
  general: true,
  why: `
Some statements write every row of a table, and all its indexes, into new files: \`SET LOGGED\`, \`SET UNLOGGED\`,
\`SET TABLESPACE\`, \`SET ACCESS METHOD\`, and what a \`DO\` block or a changed type does. Reads and writes wait until it is
done, and the disk holds both copies.`,
  examples: [
    {
      given: 'create table events (id bigint primary key);',
      bad: 'alter table events set unlogged;',
      good: null,
    },
  ],
  *check(step) {
    const found = blockingWork(
      step,
      step.costs.filter(cost => cost.kind === 'rewrite' || cost.kind === 'new-file'),
    );
    if (!found) return;
    const tables = [...new Set(found.work.map(cost => nameOf(cost.relation)))];
    yield {
      message: `The statement writes all of ${tables.join(', ')} anew under ${found.under}.${found.doubt}`,
      remedy: {
        text: 'Create a new table as it should be, copy the rows in batches with a trigger that keeps it in step, and swap the names in a short transaction; or do it in a maintenance window.',
        steps: [],
      },
      evidence: step.costs.filter(cost => cost.kind !== 'lock' && tables.includes(nameOf(cost.relation ?? NOWHERE))),
      ...found.severity,
    };
  },
});

const NOWHERE = { schema: '', name: '' };
