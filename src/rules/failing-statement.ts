import { defineRule } from '../model/rule.ts';
import { IS_THERE, isMadeAgain, JUDGED_LATE, MADE_AGAIN } from '../model/replaced.ts';
import { howOutside } from './shared/remedy.ts';

export default defineRule({
  id: 'failing-statement',
  summary: 'Postgres refuses the statement, whatever the rows.',
  category: 'failure',
  severity: 'error',
  general: true,
  why: 'The migration stops here with an error: a statement that a transaction does not admit, or one that the schema does not admit as the migrations before have left it: a column that is there already or is not, a foreign key without a unique key to refer to, a type that does not cast, an object that others depend on. Where the schema is not known for certain, nothing is said.',
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
    {
      given: "create table orders (id bigint primary key, state text default 'new');",
      bad: 'alter table orders add column state text;',
      good: ['alter table orders add column if not exists state text;'],
    },
  ],
  *check(step) {
    for (const cost of step.costs) {
      if (cost.kind !== 'fail') continue;
      const outside = cost.sqlstate === '25001';
      const { edited = false } = step.migration;
      const again = edited && IS_THERE.test(cost.sqlstate) && isMadeAgain(step.migration, cost.message);
      const late = edited && cost.sqlstate.startsWith('42') ? ` ${again ? MADE_AGAIN : JUDGED_LATE}` : '';
      yield {
        message: `The statement fails with ${cost.sqlstate}: ${cost.message}.${late}${cost.certainty === 'may' && cost.because !== undefined ? ` This is not certain: ${cost.because}.` : ''}`,
        ...(outside
          ? {
              remedy: {
                text: `Run it outside a transaction, in a migration of its own.${howOutside(step)}`,
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
