import { defineRule } from '../model/rule.ts';
import { newColumns } from './shared/new-columns.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'char-column',
  summary: 'A char(n) column.',
  category: 'style',
  severity: 'off',
  why: 'char(n) pads every value with spaces, and shortens nothing. text with a check says the same and can be changed without a rewrite.',
  aliases: ['ban-char-field', 'banCharField'],
  examples: [
    {
      given: '',
      bad: 'create table orders (id bigint primary key, code char(3));',
      good: ['create table orders (id bigint primary key, code text);'],
    },
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (column.type.name !== 'bpchar') continue;
      yield {
        message: `${nameOf(relation)}.${column.name} is char(n).`,
        remedy: { text: 'Write text, with a check on its length.', steps: [] },
        evidence: [change],
      };
    }
  },
});
