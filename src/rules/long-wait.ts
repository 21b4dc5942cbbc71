import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'long-wait',
  summary: 'The migration waits deliberately: it sleeps or takes an advisory lock.',
  category: 'locks',
  severity: 'warning',
  why: `
While a session waits, it keeps all locks of its transaction, and vacuum keeps every row that died since it began. An
advisory lock held by another session makes it wait without limit: \`lock_timeout\` limits that, \`statement_timeout\`
limits a sleep.`,
  aliases: ['sleep', 'pg-sleep', 'advisory-lock'],
  examples: [
    { setup: '', bad: 'select pg_sleep(100000);', good: ['select pg_sleep(0.1);'] },
    {
      setup: '',
      bad: 'select pg_advisory_lock(42);',
      good: ['select pg_try_advisory_lock(42);'],
    },
  ],
  *check(step) {
    const visibleLocks = step.heldLocks.filter(({ relation }) => isVisible(relation));
    for (const change of step.changes) {
      if (change.kind !== 'call-server' || change.harm !== 'waits') continue;
      const under =
        visibleLocks.length > 0
          ? ` while it holds locks on ${visibleLocks.length} relation${visibleLocks.length === 1 ? '' : 's'}`
          : '';
      yield {
        message: `${change.name}() makes the migration wait${under}; sessions that need its locks wait as long.`,
        remedy: { text: 'Remove the wait, or wait outside the migration.', steps: [] },
        evidence: [change, ...visibleLocks],
        ...(visibleLocks.length > 0 && change.name.startsWith('pg_sleep') ? { severity: 'error' as const } : {}),
      };
    }
  },
});
