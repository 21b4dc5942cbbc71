import { defineRule } from '../model/rule.ts';
import { newColumns } from './shared/new-columns.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'json-column',
  summary: 'A json column instead of jsonb.',
  category: 'style',
  severity: 'off',
  why: 'json is kept as text: it has no equality, so that DISTINCT and UNION fail, and is parsed anew by every query.',
  aliases: ['json-column', 'preferJsonb'],
  examples: [
    {
      given: '',
      bad: 'create table orders (id bigint primary key, details json);',
      good: ['create table orders (id bigint primary key, details jsonb);'],
    },
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (column.type.name !== 'json') continue;
      yield {
        message: `${nameOf(relation)}.${column.name} is json.`,
        remedy: { text: 'Write jsonb.', steps: [] },
        evidence: [change],
      };
    }
  },
});
