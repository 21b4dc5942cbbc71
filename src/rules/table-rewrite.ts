import { defineRule } from '../model/rule.ts';
import { blockingWork } from './shared/blocking-work.ts';
import { listed, quoteRelation } from './shared/quote.ts';

export default defineRule({
  id: 'table-rewrite',
  summary: 'A table is rewritten while it is locked.',
  category: 'locks',
  severity: 'error',
  general: true,
  why: `
Some statements write every row of a table, and all its indexes, to new files: \`SET LOGGED\`, \`SET UNLOGGED\`, \`SET
TABLESPACE\`, \`SET ACCESS METHOD\`, and rewrites in a \`DO\` block or through a changed type. Reads and writes are
blocked until it finishes, and the disk holds both copies.`,
  examples: [
    {
      setup: 'create table events (id bigint primary key);',
      bad: 'alter table events set unlogged;',
      good: null,
    },
  ],
  *check(step) {
    const blocking = blockingWork(
      step,
      step.costs.filter(cost => cost.kind === 'rewrite' || cost.kind === 'new-file'),
    );
    if (!blocking) return;
    const tables = [...new Set(blocking.work.map(cost => quoteRelation(cost.relation)))];
    yield {
      message: `The statement rewrites ${listed(tables)} under ${blocking.under}.${blocking.uncertainty}`,
      remedy: {
        text: 'Create a new table with the target definition, keep it in sync with a trigger while the rows are copied in batches, and swap the names in a short transaction. Alternatively, use a maintenance window.',
        steps: [],
      },
      evidence: step.costs.filter(
        cost => cost.kind !== 'lock' && tables.includes(quoteRelation(cost.relation ?? NOWHERE)),
      ),
      ...blocking.severity,
    };
  },
});

const NOWHERE = { schema: '', name: '' };
