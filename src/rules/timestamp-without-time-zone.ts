import { defineRule } from '../model/rule.ts';
import { newColumns } from './shared/new-columns.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'timestamp-without-time-zone',
  summary: 'A timestamp without time zone.',
  category: 'style',
  severity: 'off',
  why: 'It stores what the clock on some wall showed, and compares wrongly as soon as two clients have different time zones. timestamptz stores the moment.',
  aliases: ['prefer-timestamp-tz', 'prefer-timestamptz', 'preferTimestamptz'],
  examples: [
    {
      given: '',
      bad: 'create table orders (id bigint primary key, placed timestamp);',
      good: ['create table orders (id bigint primary key, placed timestamptz);'],
    },
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (column.type.name !== 'timestamp') continue;
      yield {
        message: `${nameOf(relation)}.${column.name} is a timestamp without time zone.`,
        remedy: { text: 'Write timestamptz.', steps: [] },
        evidence: [change],
      };
    }
  },
});
