import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'nested-transaction',
  summary: 'The file begins or ends a transaction inside the one opened by the tool.',
  category: 'hygiene',
  severity: 'warning',
  why: `
Postgres has no nested transactions: a second \`BEGIN\` only warns, and \`COMMIT\` ends the transaction of the tool.
Later statements run outside a transaction, and the tool may record a migration that failed halfway.`,
  aliases: ['transaction-nesting', 'transactionNesting', 'nested-transaction'],
  examples: [
    {
      setup: 'create table users (id bigint primary key);',
      bad: "set local lock_timeout = '2s'; commit;",
      good: ["set local lock_timeout = '2s'; alter table users add column email text;"],
    },
  ],
  *check(step) {
    const { block, implicit, explicit } = step.transaction;
    if (!block || implicit) return;
    for (const change of step.changes) {
      if (change.kind !== 'transaction') continue;
      const begins = change.verb === 'begin';
      if (!begins && (explicit || (change.verb !== 'commit' && change.verb !== 'rollback'))) continue;
      yield {
        message: begins
          ? `BEGIN only warns: ${step.migration.framework} has already opened a transaction, which COMMIT in this file ends.`
          : `${change.verb.toUpperCase()} ends the transaction opened by ${step.migration.framework}; later statements run outside it.`,
        remedy: {
          text: 'Leave transaction control to the tool, or disable its transaction for this file.',
          steps: [],
        },
        evidence: [change],
      };
    }
  },
});
