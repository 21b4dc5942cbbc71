import type { Change } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { outside, runOutside } from './shared/remedy.ts';

const isConcurrent = (change: Change | null): boolean =>
  change !== null && 'concurrently' in change && change.concurrently;

export default defineRule({
  id: 'concurrent-index-in-transaction',
  summary: 'A CONCURRENTLY statement runs inside a transaction, where Postgres rejects it.',
  category: 'failure',
  severity: 'error',
  why: `
\`CREATE INDEX CONCURRENTLY\`, \`DROP INDEX CONCURRENTLY\`, \`REINDEX CONCURRENTLY\` and \`DETACH PARTITION …
CONCURRENTLY\` commit several times while they run, and fail with 25001 inside a transaction: the one of the tool, one
that the file begins, or the implicit one of a message with several statements.`,
  aliases: [
    'ban-concurrent-index-creation-in-transaction',
    'concurrently-in-transaction',
    'banConcurrentIndexCreationInTransaction',
  ],
  examples: [
    {
      setup: 'create table orders (id bigint primary key, status text);',
      bad: 'create index concurrently orders_status on orders (status);',
      good: [
        '-- migration-gate: transaction per-statement\ncreate index concurrently orders_status on orders (status);',
      ],
    },
  ],
  *check(step) {
    const fail = step.costs.find(cost => cost.kind === 'fail' && cost.sqlstate === '25001' && isConcurrent(cost.cause));
    if (fail?.kind !== 'fail') return;
    const { explicit, implicit } = step.transaction;
    const where = explicit
      ? 'a transaction that the file begins'
      : implicit
        ? `the implicit transaction in which ${step.migration.framework} sends the file`
        : `the transaction in which ${step.migration.framework} runs the file`;
    yield {
      message: `The statement fails with 25001: ${fail.message}. It runs in ${where}.`,
      remedy: {
        text: runOutside(step),
        steps: outside(step, 'A separate migration', step.statement.sql),
      },
      evidence: [fail],
    };
  },
});
