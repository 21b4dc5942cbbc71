import { as } from '../sql/nodes.ts';
import { defineRule } from '../model/rule.ts';
import { quoteRelation } from './shared/quote.ts';

export default defineRule({
  id: 'missing-primary-key',
  summary: 'A table has no primary key.',
  category: 'style',
  severity: 'off',
  why: 'Logical replication rejects updates and deletes on the table, batches have no key to follow, and two identical rows cannot be distinguished.',
  aliases: ['require-primary-key', 'requirePrimaryKey'],
  examples: [
    {
      setup: '',
      bad: 'create table orders (total int);',
      good: ['create table orders (id bigint primary key, total int);'],
    },
  ],
  *check(step) {
    if (!as(step.statement.node, 'CreateStmt')) return;
    for (const change of step.changes) {
      if (
        change.kind !== 'create-table' ||
        change.table.persistence === 'temporary' ||
        change.relation.kind === 'foreign-table'
      )
        continue;
      const { constraints, partitionOf, inherits } = change.table;
      if (partitionOf || inherits.length > 0 || constraints.some(constraint => constraint.type === 'primary-key'))
        continue;
      yield {
        message: `${quoteRelation(change.relation)} has no primary key.`,
        remedy: { text: 'Add a primary key, for example an identity column.', steps: [] },
        evidence: [change],
      };
    }
  },
});
