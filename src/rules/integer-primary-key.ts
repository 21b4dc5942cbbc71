import { defineRule } from '../model/rule.ts';
import { newColumns } from './shared/new-columns.ts';
import { columnOf } from './shared/quote.ts';

export default defineRule({
  id: 'integer-primary-key',
  summary: 'An integer primary key is limited to 2,147,483,647.',
  category: 'style',
  severity: 'off',
  why: 'When the values run out, every insert fails, and widening the column rewrites the table and every table that references it.',
  aliases: ['prefer-bigint-over-int', 'prefer-bigint-primary-key', 'preferBigInt'],
  examples: [
    {
      setup: '',
      bad: 'create table orders (id integer primary key);',
      good: ['create table orders (id bigint primary key);'],
    },
  ],
  *check(step) {
    for (const { relation, column, change, primary } of newColumns(step)) {
      if (!primary || (column.type.name !== 'int4' && column.type.name !== 'int2')) continue;
      yield {
        message: `The primary key ${columnOf(relation, column.name)} has the type ${column.type.name === 'int2' ? 'smallint' : 'integer'}.`,
        remedy: { text: 'Use bigint.', steps: [] },
        evidence: [change],
      };
    }
  },
});
