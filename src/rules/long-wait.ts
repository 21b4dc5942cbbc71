import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'long-wait',
  summary: 'The migration waits on purpose: it sleeps, or takes an advisory lock.',
  category: 'locks',
  severity: 'warning',
  why: `
While a session waits it keeps all locks of its transaction, and vacuum keeps every row that has died since it began. An
advisory lock that somebody holds makes it wait without an end: \`lock_timeout\` bounds that, \`statement_timeout\` a sleep.`,
  aliases: ['sleep', 'pg-sleep', 'advisory-lock'],
  examples: [
    { given: '', bad: 'select pg_sleep(100000);', good: ['select pg_sleep(0.1);'] },
    {
      given: '',
      bad: 'select pg_advisory_lock(42);',
      good: ['select pg_try_advisory_lock(42);'],
    },
  ],
  *check(step) {
    const held = step.held.filter(({ relation }) => isVisible(relation));
    for (const change of step.changes) {
      if (change.kind !== 'call-server' || change.harm !== 'waits') continue;
      const under = held.length > 0 ? ` with locks on ${held.length} relations held` : '';
      yield {
        message: `${change.name}() makes the migration wait${under}: who needs what it holds waits as long.`,
        remedy: { text: 'Leave the wait out, or wait outside of the migration.', steps: [] },
        evidence: [change, ...held],
        ...(held.length > 0 && change.name.startsWith('pg_sleep') ? { severity: 'error' as const } : {}),
      };
    }
  },
});
