import { deparse } from '../sql/deparse.ts';
import { as, type Tree } from '../sql/nodes.ts';
import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { howOutside, outside } from './shared/remedy.ts';

export default defineRule({
  id: 'blocking-reindex',
  summary: 'REINDEX blocks writes while it rebuilds indexes.',
  category: 'locks',
  severity: 'error',
  why: `
\`REINDEX\` blocks writes to the table, and reads that would use the index, until the new index is built. \`REINDEX …
CONCURRENTLY\` (Postgres 12 and later) builds the new index alongside the old one and then swaps them.`,
  aliases: ['require-concurrent-reindex', 'reindex-not-concurrent', 'requireConcurrentReindex'],
  examples: [
    {
      setup: 'create table orders (id bigint primary key, status text); create index orders_status on orders (status);',
      bad: 'reindex table orders;',
      good: ['-- migration-gate: transaction per-statement\nreindex table concurrently orders;'],
      transaction: 'per-statement',
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      const many = change.kind === 'reindex-many';
      if ((change.kind !== 'reindex' && !many) || change.concurrently) continue;
      const costs = costsOf(step, change);
      const blocking = blockingWork(step, costs);
      if (!blocking && !many) continue;
      const node = as(step.statement.node, 'ReindexStmt');
      const option: Tree = { DefElem: { defname: 'concurrently', defaction: 'DEFELEM_UNSPEC' } } as unknown as Tree;
      const sql = node ? deparse({ ReindexStmt: { ...node, params: [...(node.params ?? []), option] } }) : null;
      yield {
        message: blocking
          ? `REINDEX rebuilds ${change.kind === 'reindex' && change.index !== null ? quote(change.index) : 'all indexes'} of ${quoteRelation(blocking.relation)} under ${blocking.under}.`
          : `REINDEX rebuilds the indexes of a whole ${many ? change.target : 'table'}; writes to each table are blocked while its indexes are rebuilt.`,
        remedy: {
          text: `Use REINDEX CONCURRENTLY.${howOutside(step)}`,
          steps: sql === null ? [] : outside(step, 'Rebuild', sql),
        },
        evidence: [change, ...costs],
      };
    }
  },
});
