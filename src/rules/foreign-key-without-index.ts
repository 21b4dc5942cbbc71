import { isVisible } from '../model/effect.ts';
import { keyOf } from '../model/schema.ts';
import { defineRule } from '../rule.ts';
import { nameOf, quote, quoteRelation } from './shared/quote.ts';
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
      const table = step.after.relations.get(keyOf(relation));
      if (!table?.complete) continue;
      const covered = table.indexes.some(
        index =>
          !index.partial &&
          constraint.columns.every(column => index.columns.slice(0, constraint.columns.length).includes(column)),
      );
      if (covered) continue;
      const columns = constraint.columns.map(quote).join(', ');
      yield {
        message: `No index of ${nameOf(relation)} begins with ${constraint.columns.join(', ')}: each delete of a referenced row reads the whole table.`,
        remedy: {
          text: `Build one CONCURRENTLY.${howOutside(step)}`,
          steps: [
            outside(
              step,
              'Build the index',
              `CREATE INDEX CONCURRENTLY ${quote(`${relation.name}_${constraint.columns.join('_')}_idx`)} ON ${quoteRelation(relation)} (${columns})`,
            ),
          ],
        },
        evidence: [change],
      };
    }
  },
});
