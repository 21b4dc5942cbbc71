import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'stored-generated-column',
  summary: 'A stored generated column is computed for every row while nobody can read the table.',
  category: 'locks',
  severity: 'error',
  why: `
\`GENERATED ALWAYS AS (…) STORED\` has a value in every old row, so that the whole table is written anew under
\`ACCESS EXCLUSIVE\`; so does a new expression for such a column. From Postgres 18 on a \`VIRTUAL\` column costs nothing.`,
  aliases: ['add-column-stored-generated', 'addGeneratedColumn', 'add-column-generated-stored'],
  examples: [
    {
      given: 'create table orders (id bigint primary key, net int, tax int);',
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
      const found = column === null ? null : blockingWork(step, costsOf(step, change));
      if (!found) continue;
      yield {
        message: `Computing ${column ?? 'the column'} rewrites every row of ${nameOf(found.relation)} under ${found.under}.${found.doubt}`,
        remedy: {
          text: 'Add a plain column, keep it in step with a trigger, and fill the old rows in batches; compute the value in a view or a query; or, on Postgres 18 and later, make it VIRTUAL.',
          steps: [],
        },
        evidence: [change, ...found.evidence],
        ...found.severity,
      };
    }
  },
});
