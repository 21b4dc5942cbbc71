import { isVisible, type CostOf } from '../model/effect.ts';
import { blocked, blocksWrites } from '../model/lock.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { gathered } from './shared/earlier.ts';
import { isWithoutLockTimeout } from './shared/lock-timeout.ts';
import { quoteRelation } from './shared/quote.ts';

const locks = (step: Step): CostOf<'lock'>[] =>
  isWithoutLockTimeout(step)
    ? step.costs
        .filter(cost => cost.kind === 'lock')
        .filter(cost => blocksWrites(cost.mode) && isVisible(cost.relation) && cost.relation.kind !== 'index')
    : [];

const waited = gathered(locks);

export default defineRule({
  id: 'missing-lock-timeout',
  summary: 'A statement waits for a lock that blocks reads or writes, without lock_timeout.',
  category: 'style',
  severity: 'off',
  general: true,
  once: true,
  why: `
While a statement waits for its lock behind a long transaction, every later query that the lock blocks queues behind the
statement. With \`lock_timeout\` the statement gives up, and the migration can be retried. A foreign key of a new table
counts: it takes \`SHARE ROW EXCLUSIVE\` on the table that it refers to, behind which all writes queue. Reported once per
pull request, with the places.`,
  aliases: ['require-timeout-settings', 'missing-lock-timeout'],
  examples: [
    {
      setup: 'create table users (id bigint primary key);',
      bad: 'alter table users add column email text;',
      good: ["set local lock_timeout = '2s'; alter table users add column email text;"],
    },
    {
      setup: 'create table users (id bigint primary key);',
      bad: 'create table orders (id bigint primary key, user_id bigint references users);',
      good: [
        "set local lock_timeout = '2s'; create table orders (id bigint primary key, user_id bigint references users);",
      ],
    },
  ],
  *check(step) {
    const [first] = locks(step);
    if (!first || waited(step).length > 0) return;
    const name = quoteRelation(first.relation);
    yield {
      message: `Waits for ${first.mode} on ${name} with no lock_timeout; later ${blocked(first.mode)} on ${name} queue behind it.`,
      remedy: {
        text: 'Set lock_timeout to a few seconds before the first statement of the file, and retry the migration when it expires.',
        steps: [
          {
            title: 'At the top of the file',
            sql: `${step.transaction.block ? 'SET LOCAL' : 'SET'} lock_timeout = '5s';`,
          },
        ],
      },
      evidence: [first],
    };
  },
});
