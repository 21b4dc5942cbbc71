import { isVisible } from '../model/effect.ts';
import { as } from '../sql/nodes.ts';
import { defineRule } from '../model/rule.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { outside } from './shared/remedy.ts';

export default defineRule({
  id: 'concurrent-index-if-not-exists',
  summary: 'IF NOT EXISTS accepts the invalid index of a failed concurrent build.',
  category: 'failure',
  severity: 'off',
  once: true,
  why: `
A concurrent build that fails or is canceled leaves an invalid index: it slows writes and is not used by queries. When
the migration is run again, \`IF NOT EXISTS\` finds this index and reports success. Dropping it first makes the
migration safe to rerun.`,
  aliases: ['concurrent-index-if-not-exists-trap'],
  examples: [
    {
      setup: 'create table orders (id bigint primary key, status text);',
      bad: '-- migration-gate: transaction per-statement\ncreate index concurrently if not exists orders_status on orders (status);',
      good: [
        '-- migration-gate: transaction per-statement\ndrop index concurrently if exists orders_status;\ncreate index concurrently orders_status on orders (status);',
      ],
      transaction: 'per-statement',
    },
  ],
  *check(step) {
    const node = as(step.statement.node, 'IndexStmt');
    if (!node?.concurrent || !node.if_not_exists) return;
    for (const change of step.changes) {
      if (change.kind !== 'create-index' || !isVisible(change.relation)) continue;
      const name = quoteRelation({ schema: change.relation.schema, name: change.index.name });
      yield {
        message: `If an earlier build of ${quote(change.index.name)} on ${quoteRelation(change.relation)} failed, IF NOT EXISTS keeps the invalid index and reports success.`,
        remedy: {
          text: 'Drop the index of an earlier attempt first.',
          steps: outside(step, 'Before the build', `DROP INDEX CONCURRENTLY IF EXISTS ${name}`),
        },
        evidence: [change],
      };
    }
  },
});
