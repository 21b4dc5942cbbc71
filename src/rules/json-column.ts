import { defineRule } from '../model/rule.ts';
import { newColumns } from './shared/new-columns.ts';
import { columnOf } from './shared/quote.ts';

export default defineRule({
  id: 'json-column',
  summary: 'A column has the type json instead of jsonb.',
  category: 'style',
  severity: 'off',
  why: 'json is stored as text: it has no equality operator, so that DISTINCT and UNION fail, and every query parses it again.',
  aliases: ['json-column', 'preferJsonb'],
  examples: [
    {
      setup: '',
      bad: 'create table orders (id bigint primary key, details json);',
      good: ['create table orders (id bigint primary key, details jsonb);'],
    },
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (column.type.name !== 'json') continue;
      yield {
        message: `${columnOf(relation, column.name)} has the type json.`,
        remedy: { text: 'Use jsonb.', steps: [] },
        evidence: [change],
      };
    }
  },
});
