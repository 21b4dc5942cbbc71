import { defineRule } from '../model/rule.ts';
import { newColumns } from './shared/new-columns.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'serial-primary-key',
  summary: 'A serial column instead of an identity.',
  category: 'style',
  severity: 'off',
  why: 'The sequence of a serial column has permissions of its own, and can be overwritten by any insert. GENERATED ALWAYS AS IDENTITY is the standard and has neither trouble.',
  aliases: ['prefer-identity', 'preferIdentity'],
  examples: [
    {
      given: '',
      bad: 'create table orders (id bigserial primary key);',
      good: ['create table orders (id bigint generated always as identity primary key);'],
    },
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (!column.serial) continue;
      yield {
        message: `${nameOf(relation)}.${column.name} is serial.`,
        remedy: { text: 'Write GENERATED ALWAYS AS IDENTITY.', steps: [] },
        evidence: [change],
      };
    }
  },
});
