import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { missingIndex } from './shared/missing-index.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { howOutside, outside } from './shared/remedy.ts';

export default defineRule({
  id: 'foreign-key-without-index',
  summary: 'The referencing columns of a foreign key have no index.',
  category: 'schema',
  severity: 'notice',
  once: true,
  why: 'Deleting a referenced row, or changing its key, searches for rows that reference it. Without an index on the referencing columns, each search scans the whole table.',
  aliases: ['fk-without-index', 'require-fk-index', 'foreign-key-index'],
  examples: [
    {
      setup: 'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint);',
      bad: 'alter table orders add constraint orders_user foreign key (user_id) references users (id) not valid;',
      good: [
        '-- migration-gate: transaction per-statement\ncreate index concurrently orders_user_id on orders (user_id);',
        'alter table orders add constraint orders_user foreign key (user_id) references users (id) not valid;',
      ],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'add-constraint' || change.constraint.type !== 'foreign-key' || !isVisible(change.relation))
        continue;
      const { relation, constraint } = change;
      // One that is validated at once has a finding of its own, whose remedy ends with the index.
      if (costsOf(step, change).some(cost => cost.kind === 'scan')) continue;
      const create = missingIndex(step, change);
      if (create === null) continue;
      yield {
        message: `No index on ${quoteRelation(relation)} starts with ${constraint.columns.map(quote).join(', ')}: each delete of a referenced row scans the whole table.`,
        remedy: {
          text: `Build an index CONCURRENTLY.${howOutside(step)}`,
          steps: outside(step, 'Build the index', create),
        },
        evidence: [change],
      };
    }
  },
});
