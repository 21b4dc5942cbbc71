import { isVisible } from '../model/effect.ts';
import { blocksWrites } from '../model/lock.ts';
import { defineRule } from '../model/rule.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'missing-statement-timeout',
  summary: 'A blocking statement runs without statement_timeout.',
  category: 'style',
  severity: 'off',
  why: 'lock_timeout bounds the wait for the lock, statement_timeout the time for which it is held by a statement that takes longer than thought.',
  aliases: ['missing-statement-timeout'],
  examples: [
    {
      given: 'create table users (id bigint primary key);',
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
      message: `${lock.mode} on ${nameOf(lock.relation)} is held for as long as the statement takes.`,
      remedy: {
        text: 'Set statement_timeout before it.',
        steps: [{ title: 'At the top of the file', sql: "SET statement_timeout = '30s';" }],
      },
      evidence: [lock],
    };
  },
});
