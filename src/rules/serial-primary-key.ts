import { defineRule } from '../model/rule.ts';
import { newColumns } from './shared/new-columns.ts';
import { columnOf } from './shared/quote.ts';

export default defineRule({
  id: 'serial-primary-key',
  summary: 'A serial column is used instead of an identity column.',
  category: 'style',
  severity: 'off',
  why: 'The sequence of a serial column has separate permissions, and any insert can override its values. GENERATED ALWAYS AS IDENTITY is the standard and has neither problem.',
  aliases: ['prefer-identity', 'preferIdentity'],
  examples: [
    {
      setup: '',
      bad: 'create table orders (id bigserial primary key);',
      good: ['create table orders (id bigint generated always as identity primary key);'],
    },
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (!column.serial) continue;
      yield {
        message: `${columnOf(relation, column.name)} is a serial column.`,
        remedy: { text: 'Use GENERATED ALWAYS AS IDENTITY.', steps: [] },
        evidence: [change],
      };
    }
  },
});
