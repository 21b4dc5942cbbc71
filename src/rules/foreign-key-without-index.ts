import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { missingIndex } from './shared/missing-index.ts';
import { nameOf } from './shared/quote.ts';
import { howOutside, outside } from './shared/remedy.ts';

export default defineRule({
  id: 'foreign-key-without-index',
  summary: 'The columns of a foreign key have no index.',
  category: 'schema',
  severity: 'notice',
  why: `
Every delete of a referenced row, and every change of its key, looks for rows that reference it. Without an index on the
referencing columns it reads the whole table each time.`,
  aliases: ['fk-without-index', 'require-fk-index', 'foreign-key-index'],
  examples: [
    {
      given: 'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint);',
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
      // One that is validated at once has a finding of its own, whose way out ends with the index.
      if (costsOf(step, change).some(cost => cost.kind === 'scan')) continue;
      const create = missingIndex(step, change);
      if (create === null) continue;
      yield {
        message: `No index of ${nameOf(relation)} begins with ${constraint.columns.join(', ')}: each delete of a referenced row reads the whole table.`,
        remedy: {
          text: `Build one CONCURRENTLY.${howOutside(step)}`,
          steps: [outside(step, 'Build the index', create)],
        },
        evidence: [change],
      };
    }
  },
});
