import { isVisible, type CostOf } from '../model/effect.ts';
import { blocksReads } from '../model/lock.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { gathered } from './shared/earlier.ts';
import { quoteRelation } from './shared/quote.ts';

/** Behind a weaker lock only writes queue, and reads go on. */
const locks = (step: Step): CostOf<'lock'>[] =>
  step.costs.filter(cost => cost.kind === 'lock').filter(cost => blocksReads(cost.mode) && isVisible(cost.relation));

/** `0` and its spellings mean none. */
const hasTimeout = (step: Step): boolean => parseInt(step.settings.get('lock_timeout') ?? '0') > 0;

const waited = gathered((step: Step) => (hasTimeout(step) ? [] : locks(step)));

export default defineRule({
  id: 'lock-without-timeout',
  summary: 'A statement waits for ACCESS EXCLUSIVE without lock_timeout.',
  category: 'hygiene',
  severity: 'warning',
  general: true,
  once: true,
  why: `
While a statement waits for its lock behind a long query, every later query on the table queues behind the statement:
a lock held for a millisecond can stop the application for minutes. With \`lock_timeout\` the statement gives up, and
the migration can be retried. Reported once per transaction, for the first lock, unless that lock already has another
finding.`,
  aliases: ['require-timeout-settings', 'missing-lock-timeout', 'lockTimeoutWarning'],
  examples: [
    {
      given: 'create table users (id bigint primary key);',
      bad: 'alter table users add column email text;',
      good: ["set local lock_timeout = '2s'; alter table users add column email text;"],
    },
  ],
  *check(step, cited) {
    if (hasTimeout(step)) return;
    const [first] = locks(step);
    if (!first || locks(step).some(lock => cited.has(lock))) return;
    if (waited(step).length > 0) return;
    const local = step.transaction.block ? 'SET LOCAL' : 'SET';
    yield {
      message: `Waits for ${first.mode} on ${quoteRelation(first.relation)} with no lock_timeout; every later query on ${quoteRelation(first.relation)} queues behind it.`,
      remedy: {
        text: 'Set lock_timeout to a few seconds before the first statement of the file, and retry the migration when it expires.',
        steps: [{ title: 'At the top of the file', sql: `${local} lock_timeout = '5s';` }],
      },
      evidence: [first],
    };
  },
});
