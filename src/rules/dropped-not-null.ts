import { isVisible } from '../model/effect.ts';
import { keyOf } from '../model/schema.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { columnOf } from './shared/quote.ts';

export default defineRule({
  id: 'dropped-not-null',
  summary: 'DROP NOT NULL makes a column nullable.',
  category: 'compatibility',
  severity: 'off',
  once: true,
  why: 'Code that does not expect nulls in the column fails on the first one. Restoring NOT NULL later requires checking every row.',
  aliases: ['ban-drop-not-null', 'drop-not-null', 'banDropNotNull'],
  examples: [
    {
      setup: 'create table users (id bigint primary key, email text not null);',
      bad: 'alter table users alter email drop not null;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'drop-not-null' || !isVisible(change.relation)) continue;
      const table = step.before.relations.get(keyOf(change.relation));
      if (table?.columns.some(({ name, age }) => name === change.column && age)) continue;
      yield {
        message: `DROP NOT NULL makes ${columnOf(change.relation, change.column)} nullable; running code may not expect nulls.`,
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
