import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'ended-sessions',
  summary: 'Other sessions are ended, or what they run is cancelled.',
  category: 'compatibility',
  severity: 'warning',
  why: `
\`pg_terminate_backend\` and \`pg_cancel_backend\` roll back what others do at that moment: requests of users, jobs, another
migration, a backup. What a migration waits for is better left to \`lock_timeout\` and another attempt.`,
  aliases: ['terminate-backend'],
  examples: [
    {
      given: '',
      bad: 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid();',
      good: ["set local lock_timeout = '2s';"],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'call-server' || change.harm !== 'sessions') continue;
      yield {
        message: `${change.name}() ${change.does}: requests of users fail while the migration runs.`,
        remedy: { text: 'Set lock_timeout and try again, so that the migration gives way.', steps: [] },
        evidence: [change],
      };
    }
  },
});
