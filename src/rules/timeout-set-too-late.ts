import { isVisible } from '../model/effect.ts';
import { blocksWrites } from '../model/lock.ts';
import { defineRule } from '../model/rule.ts';
import { quoteRelation } from './shared/quote.ts';

export default defineRule({
  id: 'timeout-set-too-late',
  summary: 'lock_timeout is set after the lock that it should limit.',
  category: 'hygiene',
  severity: 'notice',
  why: 'A timeout applies only to the statements after it. The earlier lock was acquired without one and is held until commit.',
  examples: [
    {
      setup: 'create table users (id bigint primary key);',
      bad: "alter table users add column email text; set lock_timeout = '2s';",
      good: ["set lock_timeout = '2s'; alter table users add column email text;"],
    },
  ],
  *check(step) {
    const change = step.changes.find(one => one.kind === 'set' && one.setting === 'lock_timeout');
    if (!change || parseInt(step.settings.get('lock_timeout') ?? '0') > 0) return;
    const lock = step.heldLocks.find(heldLock => blocksWrites(heldLock.mode) && isVisible(heldLock.relation));
    if (!lock) return;
    yield {
      message: `lock_timeout is set after ${lock.mode} on ${quoteRelation(lock.relation)} was already acquired.`,
      remedy: { text: 'Move the setting above the first statement of the file.', steps: [] },
      evidence: [change, lock],
    };
  },
});
