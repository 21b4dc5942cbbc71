import { isVisible } from '../model/effect.ts';
import { as } from '../sql/nodes.ts';
import { defineRule } from '../model/rule.ts';
import { nameOf, quote, quoteRelation } from './shared/quote.ts';
import { outside } from './shared/remedy.ts';

export default defineRule({
  id: 'concurrent-index-if-not-exists',
  summary: 'IF NOT EXISTS takes the invalid index of a failed concurrent build for the real one.',
  category: 'failure',
  severity: 'notice',
  why: `
A concurrent build that fails or is cancelled leaves an index that is marked invalid: it slows writes and answers no query.
Run again, \`IF NOT EXISTS\` finds it and reports success. Dropping it first makes the migration safe to repeat.`,
  aliases: ['concurrent-index-if-not-exists-trap'],
  examples: [
    {
      given: 'create table orders (id bigint primary key, status text);',
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
        message: `When a build of ${quote(change.index.name)} on ${nameOf(change.relation)} has failed before, IF NOT EXISTS keeps its invalid remains and reports success.`,
        remedy: {
          text: 'Drop the remains of an earlier attempt first.',
          steps: [outside(step, 'Before the build', `DROP INDEX CONCURRENTLY IF EXISTS ${name}`)],
        },
        evidence: [change],
      };
    }
  },
});
