import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'ended-sessions',
  summary: 'Other sessions are terminated or their queries are canceled.',
  category: 'compatibility',
  severity: 'warning',
  why: `
\`pg_terminate_backend\` and \`pg_cancel_backend\` roll back what other sessions are doing: user requests, jobs,
another migration, a backup. To limit how long a migration waits, use \`lock_timeout\` and retry.`,
  aliases: ['terminate-backend'],
  examples: [
    {
      setup: '',
      bad: 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid();',
      good: ["set local lock_timeout = '2s';"],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'call-server' || change.harm !== 'sessions') continue;
      yield {
        message: `${change.name}() ${change.does}: user requests fail while the migration runs.`,
        remedy: { text: 'Set lock_timeout and retry, so that the migration gives way to other sessions.', steps: [] },
        evidence: [change],
      };
    }
  },
});
