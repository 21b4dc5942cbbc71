import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'uncommitted-transaction',
  summary: 'The file begins a transaction and never commits it.',
  category: 'failure',
  severity: 'error',
  why: 'When the connection closes, Postgres rolls the transaction back: the tool records the migration as applied, but none of its changes exist.',
  aliases: ['ban-uncommitted-transaction', 'uncommitted-transaction'],
  examples: [
    {
      setup: 'create table users (id bigint primary key);',
      bad: "begin; set local lock_timeout = '2s'; alter table users add column email text;",
      good: ["begin; set local lock_timeout = '2s'; alter table users add column email text; commit;"],
      transaction: 'per-statement',
    },
  ],
  *check(step) {
    if (step.remaining > 0 || step.migration.unread.length > 0) return;
    let open = step.transaction.explicit;
    for (const change of step.changes)
      if (change.kind === 'transaction') {
        if (change.verb === 'begin') open = true;
        else if (change.verb === 'commit' || change.verb === 'rollback' || change.verb === 'prepare') open = false;
      }
    if (!open) return;
    yield {
      message: 'The file ends inside a transaction that it began; without COMMIT, all of it is rolled back.',
      remedy: { text: 'End the file with COMMIT.', steps: [{ title: 'At the end of the file', sql: 'COMMIT;' }] },
      evidence: step.changes.filter(change => change.kind === 'transaction'),
    };
  },
});
