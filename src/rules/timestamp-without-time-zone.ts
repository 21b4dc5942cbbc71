import { defineRule } from '../model/rule.ts';
import { newColumns } from './shared/new-columns.ts';
import { columnOf } from './shared/quote.ts';

export default defineRule({
  id: 'timestamp-without-time-zone',
  summary: 'A column has the type timestamp without time zone.',
  category: 'style',
  severity: 'off',
  why: 'timestamp stores a local time without its time zone, and values compare incorrectly when two clients use different time zones. timestamptz stores a point in time.',
  aliases: ['prefer-timestamp-tz', 'prefer-timestamptz', 'preferTimestamptz'],
  examples: [
    {
      setup: '',
      bad: 'create table orders (id bigint primary key, placed timestamp);',
      good: ['create table orders (id bigint primary key, placed timestamptz);'],
    },
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (column.type.name !== 'timestamp') continue;
      yield {
        message: `${columnOf(relation, column.name)} has the type timestamp without time zone.`,
        remedy: { text: 'Use timestamptz.', steps: [] },
        evidence: [change],
      };
    }
  },
});
