import { defineRule } from '../model/rule.ts';
import { newColumns } from './shared/new-columns.ts';
import { columnOf } from './shared/quote.ts';

export default defineRule({
  id: 'char-column',
  summary: 'A column has the type char(n).',
  category: 'style',
  severity: 'off',
  why: 'char(n) pads every value with spaces. text with a check enforces the same length and can be changed without a rewrite.',
  aliases: ['ban-char-field', 'banCharField'],
  examples: [
    {
      setup: '',
      bad: 'create table orders (id bigint primary key, code char(3));',
      good: ['create table orders (id bigint primary key, code text);'],
    },
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (column.type.name !== 'bpchar') continue;
      yield {
        message: `${columnOf(relation, column.name)} has the type char(n).`,
        remedy: { text: 'Use text with a check on its length.', steps: [] },
        evidence: [change],
      };
    }
  },
});
