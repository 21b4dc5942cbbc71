import { isVisible } from '../model/effect.ts';
import { blocksWrites } from '../model/lock.ts';
import { defineRule } from '../model/rule.ts';
import { quoteRelation } from './shared/quote.ts';

export default defineRule({
  id: 'missing-statement-timeout',
  summary: 'A blocking statement runs without statement_timeout.',
  category: 'style',
  severity: 'off',
  why: 'lock_timeout limits the wait for a lock. statement_timeout limits how long a statement that runs longer than expected holds it.',
  aliases: ['missing-statement-timeout'],
  examples: [
    {
      setup: 'create table users (id bigint primary key);',
      bad: "set local lock_timeout = '2s'; alter table users add column email text;",
      good: [
        "set local lock_timeout = '2s'; set local statement_timeout = '10s'; alter table users add column email text;",
      ],
    },
  ],
  *check(step) {
    if (parseInt(step.settings.get('statement_timeout') ?? '0') > 0) return;
    const lock = step.costs.find(cost => cost.kind === 'lock' && blocksWrites(cost.mode) && isVisible(cost.relation));
    if (lock?.kind !== 'lock') return;
    yield {
      message: `${lock.mode} on ${quoteRelation(lock.relation)} is held until the statement finishes, with no statement_timeout.`,
      remedy: {
        text: 'Set statement_timeout before the statement.',
        steps: [{ title: 'At the top of the file', sql: "SET statement_timeout = '30s';" }],
      },
      evidence: [lock],
    };
  },
});
