import { defineRule } from '../rule.ts';
import { howOutside } from './shared/remedy.ts';

export default defineRule({
  id: 'failing-statement',
  summary: 'Postgres refuses the statement, whatever the rows.',
  category: 'failure',
  severity: 'error',
  general: true,
  why: 'The migration stops here with an error: a statement that a transaction does not admit, or one that the kind of table does not admit.',
  examples: [
    {
      given: 'create table orders (id bigint primary key);',
      bad: 'vacuum orders;',
      good: ['-- migration-gate: transaction per-statement\nvacuum orders;'],
    },
    {
      given: 'create table events (id bigint, day date not null) partition by range (day);',
      bad: '-- migration-gate: transaction per-statement\ncreate index concurrently events_id on events (id);',
      good: ['create index events_id on only events (id);'],
      transaction: 'per-statement',
    },
  ],
  *check(step) {
    for (const cost of step.costs) {
      if (cost.kind !== 'fail') continue;
      const outside = cost.sqlstate === '25001';
      yield {
        message: `The statement fails with ${cost.sqlstate}: ${cost.message}.${cost.certainty === 'may' && cost.because !== undefined ? ` This is not certain: ${cost.because}.` : ''}`,
        ...(outside
          ? {
              remedy: {
                text: `Run it outside a transaction, in a migration of its own.${howOutside(step)}`,
                steps: [],
              },
            }
          : {}),
        evidence: [cost],
        ...(cost.certainty === 'may' ? { severity: 'warning' as const } : {}),
      };
    }
  },
});
