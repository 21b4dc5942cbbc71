import { isVisible } from '../model/effect.ts';
import { keyOf } from '../model/schema.ts';
import { defineRule } from '../model/rule.ts';
import { costsOf } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';

const WORDS = { unique: 'unique constraint', 'primary-key': 'primary key' } as const;

export default defineRule({
  id: 'dropped-constraint',
  summary: 'A unique constraint or primary key is dropped together with its index.',
  category: 'data',
  severity: 'off',
  why: 'Queries that used the index scan the whole table, ON CONFLICT on its columns fails, and duplicates inserted in the meantime prevent adding it again.',
  aliases: ['drop-constraint', 'ban-drop-constraint', 'drop-primary-key'],
  examples: [
    {
      setup: 'create table users (id bigint primary key, email text constraint users_email_key unique);',
      bad: 'alter table users drop constraint users_email_key;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'drop-constraint' || !isVisible(change.relation)) continue;
      const type = step.before.relations
        .get(keyOf(change.relation))
        ?.constraints.find(c => c.name === change.constraint)?.type;
      if (type !== 'unique' && type !== 'primary-key') continue;
      yield {
        message: `Dropping the ${WORDS[type]} ${quote(change.constraint)} of ${quoteRelation(change.relation)} also drops its index.`,
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
