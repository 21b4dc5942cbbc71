import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { columnOf, quoteRelation } from './shared/quote.ts';

export default defineRule({
  id: 'stored-generated-column',
  summary: 'A stored generated column is computed for every row while the table is locked.',
  category: 'locks',
  severity: 'error',
  why: `
\`GENERATED ALWAYS AS (…) STORED\` has a value in every existing row, so the whole table is rewritten under an
\`ACCESS EXCLUSIVE\` lock; changing the expression of such a column does the same. Since Postgres 18 a \`VIRTUAL\`
column needs no rewrite.`,
  aliases: ['add-column-stored-generated', 'addGeneratedColumn', 'add-column-generated-stored'],
  examples: [
    {
      setup: 'create table orders (id bigint primary key, net int, tax int);',
      bad: 'alter table orders add column total int generated always as (net + tax) stored;',
      good: ['alter table orders add column total int;'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      const column =
        change.kind === 'add-column' && change.column.generated === 'stored'
          ? change.column.name
          : change.kind === 'set-expression'
            ? change.column
            : null;
      if (column === null) continue;
      const blocking = blockingWork(step, costsOf(step, change));
      if (!blocking) continue;
      yield {
        message: `Computing ${columnOf(blocking.relation, column)} rewrites ${quoteRelation(blocking.relation)} under ${blocking.under}.${blocking.uncertainty}`,
        remedy: {
          text: 'Add a plain column, keep it in sync with a trigger, and backfill existing rows in batches. Alternatively, compute the value in a view or a query, or use a VIRTUAL column (Postgres 18 and later).',
          steps: [],
        },
        evidence: [change, ...blocking.evidence],
        ...blocking.severity,
      };
    }
  },
});
