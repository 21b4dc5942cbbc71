import { defineRule } from '../rule.ts';
import { blockingWork } from './shared/blocking-work.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'index-build-under-lock',
  summary: 'An index is built, as part of something else, while its table is locked.',
  category: 'locks',
  severity: 'error',
  general: true,
  why: `
Some statements build indexes without saying so: one inside a \`DO\` block or a function, one that a change of collation
makes necessary, one that a trace has seen. Writes to the table wait until the index is built.`,
  examples: [
    {
      given: 'create table orders (id bigint primary key, a int); create table drafts (like orders);',
      bad: 'alter table orders add constraint orders_a_key unique (a), alter column a type bigint;',
      good: null,
    },
  ],
  *check(step) {
    const found = blockingWork(
      step,
      step.costs.filter(cost => cost.kind === 'build-index'),
    );
    if (!found) return;
    const tables = [...new Set(found.work.map(cost => nameOf(cost.relation)))];
    yield {
      message: `The statement builds indexes on ${tables.join(', ')} under ${found.under}.${found.doubt}`,
      remedy: { text: 'Build the index CONCURRENTLY in a migration of its own, before this statement.', steps: [] },
      evidence: step.costs.filter(
        cost => (cost.kind === 'build-index' || cost.kind === 'scan') && tables.includes(nameOf(cost.relation)),
      ),
      ...found.severity,
    };
  },
});
