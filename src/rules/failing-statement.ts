import { defineRule } from '../model/rule.ts';
import { ALREADY_EXISTS, isCreatedAgain, CHECKED_LATE, CREATED_AGAIN } from '../model/replaced.ts';
import { notCertain } from './shared/blocking-work.ts';
import { runOutside } from './shared/remedy.ts';

export default defineRule({
  id: 'failing-statement',
  summary: 'Postgres rejects the statement, whatever the data.',
  category: 'failure',
  severity: 'error',
  general: true,
  why: `
The migration stops with an error. Either the statement is not allowed in a transaction, or it does not fit the schema
that earlier migrations leave: a column that already exists or does not exist, a foreign key without a unique key to
reference, a type that cannot be cast, an object that others depend on. Nothing is reported where the schema is not
known for certain.`,
  examples: [
    {
      setup: 'create table orders (id bigint primary key);',
      bad: 'vacuum orders;',
      good: ['-- migration-gate: transaction per-statement\nvacuum orders;'],
    },
    {
      setup: 'create table events (id bigint, day date not null) partition by range (day);',
      bad: '-- migration-gate: transaction per-statement\ncreate index concurrently events_id on events (id);',
      good: ['create index events_id on only events (id);'],
      transaction: 'per-statement',
    },
    {
      setup: "create table orders (id bigint primary key, state text default 'new');",
      bad: 'alter table orders add column state text;',
      good: ['alter table orders add column if not exists state text;'],
    },
  ],
  *check(step) {
    for (const cost of step.costs) {
      if (cost.kind !== 'fail') continue;
      const outside = cost.sqlstate === '25001';
      const { edited = false } = step.migration;
      const again = edited && ALREADY_EXISTS.test(cost.sqlstate) && isCreatedAgain(step.migration, cost.message);
      const late = edited && cost.sqlstate.startsWith('42') ? ` ${again ? CREATED_AGAIN : CHECKED_LATE}` : '';
      yield {
        message: `The statement fails with ${cost.sqlstate}: ${cost.message}.${late}${cost.certainty === 'may' && cost.because !== undefined ? notCertain(cost.because) : ''}`,
        ...(outside
          ? {
              remedy: {
                text: runOutside(step),
                steps: [],
              },
            }
          : {}),
        evidence: [cost],
        ...(again ? { severity: 'notice' as const } : cost.certainty === 'may' ? { severity: 'warning' as const } : {}),
      };
    }
  },
});
