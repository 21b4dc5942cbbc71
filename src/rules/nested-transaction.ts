import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'nested-transaction',
  summary: 'The file begins or ends a transaction inside the one that the tool has opened.',
  category: 'hygiene',
  severity: 'warning',
  why: `
Postgres has no nested transactions: a second \`BEGIN\` only warns, and a \`COMMIT\` ends the tool's own transaction. What
follows runs outside any, and the tool may record a migration that half failed.`,
  aliases: ['transaction-nesting', 'transactionNesting', 'nested-transaction'],
  examples: [
    {
      given: 'create table users (id bigint primary key);',
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
          ? `BEGIN only warns: ${step.migration.framework} has opened a transaction already, which the file's COMMIT then ends.`
          : `${change.verb.toUpperCase()} ends the transaction that ${step.migration.framework} has opened; what follows runs outside it.`,
        remedy: {
          text: 'Leave transaction control to the tool, or switch its transaction off for this file.',
          steps: [],
        },
        evidence: [change],
      };
    }
  },
});
