import { isCertainWhereRun, isVisible } from '../model/effect.ts';
import { blocked } from '../model/lock.ts';
import { defineRule } from '../model/rule.ts';
import { blockingLock, isWork } from './shared/blocking-work.ts';
import { heldLock } from './shared/held-lock.ts';
import { quoteRelation } from './shared/quote.ts';
import { later } from './shared/remedy.ts';

const WORK = {
  rewrite: 'Rewriting',
  scan: 'Scanning',
  'build-index': 'Building an index on',
  'new-file': 'Writing a new file for',
} as const;

export default defineRule({
  id: 'statement-behind-exclusive-lock',
  summary: 'A long-running statement extends a blocking lock of an earlier statement in the transaction.',
  category: 'locks',
  severity: 'warning',
  general: true,
  once: true,
  why: 'Locks are held until commit. A statement that is harmless by itself extends the lock of the statement before it: sessions that wait for that table also wait for this statement.',
  examples: [
    {
      setup:
        'create table users (id bigint primary key); create table orders (id bigint primary key); create materialized view totals as select count(*) as n from orders; create unique index on totals (n);',
      bad: 'alter table users add column email text; alter table orders add constraint positive check (id > 0) not valid; refresh materialized view concurrently totals;',
      good: null,
    },
  ],
  *check(step) {
    const lock = heldLock(step);
    if (!lock) return;
    const work = step.costs
      .filter(isWork)
      .find(cost => isCertainWhereRun(cost) && isVisible(cost.relation) && !blockingLock(step, cost.relation));
    if (!work) return;
    yield {
      message: `${WORK[work.kind]} ${quoteRelation(work.relation)} extends the ${lock.mode} lock on ${quoteRelation(lock.relation)} from an earlier statement of the transaction, blocking ${blocked(lock.mode)}.`,
      remedy: {
        text: `Move this statement to ${later(step)}, so that the lock is released before it starts.`,
        steps: [],
      },
      evidence: [work, lock],
    };
  },
});
