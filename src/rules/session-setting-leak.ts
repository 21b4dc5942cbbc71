import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'session-setting-leak',
  summary: 'SET changes the session and affects later migrations.',
  category: 'hygiene',
  severity: 'notice',
  why: `
A plain \`SET\` outlasts the transaction: later migrations that the tool runs over the same connection find another
\`search_path\` or \`role\`. \`SET LOCAL\` ends with the transaction.`,
  aliases: ['session-setting-leak', 'set-without-local'],
  examples: [
    { setup: 'create schema billing;', bad: 'set search_path = billing;', good: ['set local search_path = billing;'] },
  ],
  *check(step) {
    if (!step.transaction.block) return;
    for (const change of step.changes) {
      if (
        change.kind !== 'set' ||
        change.local ||
        !['search_path', 'role', 'session_replication_role'].includes(change.setting)
      )
        continue;
      yield {
        message: `${change.setting} stays set for later migrations that run over the same connection.`,
        remedy: { text: 'Use SET LOCAL, which ends with the transaction.', steps: [] },
        evidence: [change],
      };
    }
  },
});
