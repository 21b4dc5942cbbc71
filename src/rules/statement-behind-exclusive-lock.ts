import { isCertainWhereRun, isVisible } from '../model/effect.ts';
import { blocked } from '../model/lock.ts';
import { defineRule } from '../model/rule.ts';
import { blockingLock, isWork } from './shared/blocking-work.ts';
import { heldLock } from './shared/held-lock.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'statement-behind-exclusive-lock',
  summary: 'Long work runs while an earlier statement of the transaction holds a blocking lock.',
  category: 'locks',
  severity: 'warning',
  general: true,
  why: `
Locks are held to the commit. A statement that would be harmless by itself prolongs the lock of the statement before it:
everybody who waits for that table waits for this work too.`,
  examples: [
    {
      given:
        'create table users (id bigint primary key); create table orders (id bigint primary key); create materialized view totals as select count(*) as n from orders; create unique index on totals (n);',
      bad: 'alter table users add column email text; alter table orders add constraint positive check (id > 0) not valid; refresh materialized view concurrently totals;',
      good: null,
    },
  ],
  *check(step) {
    const held = heldLock(step);
    if (!held) return;
    const work = step.costs.find(
      cost => isWork(cost) && isCertainWhereRun(cost) && isVisible(cost.relation) && !blockingLock(step, cost.relation),
    );
    if (!work?.relation) return;
    yield {
      message: `Working through ${nameOf(work.relation)} prolongs ${held.mode} on ${nameOf(held.relation)}, which an earlier statement of the transaction holds: ${blocked(held.mode)} wait.`,
      remedy: {
        text: 'Put the two statements into migrations of their own, so that the lock is given up before the work begins.',
        steps: [],
      },
      evidence: [work, held],
    };
  },
});
