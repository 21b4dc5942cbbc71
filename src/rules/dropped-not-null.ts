import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'dropped-not-null',
  summary: 'A column may hold nulls from now on.',
  category: 'compatibility',
  severity: 'notice',
  why: 'Code that reads the column and has never met a null fails on the first. Putting NOT NULL back later means proving it of every row.',
  aliases: ['ban-drop-not-null', 'drop-not-null', 'banDropNotNull'],
  examples: [
    {
      given: 'create table users (id bigint primary key, email text not null);',
      bad: 'alter table users alter email drop not null;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'drop-not-null' || !isVisible(change.relation)) continue;
      yield {
        message: `${nameOf(change.relation)}.${change.column} may hold nulls from now on, which running code may not expect.`,
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
