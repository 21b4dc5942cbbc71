import { as } from '../sql/nodes.ts';
import { defineRule } from '../model/rule.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'missing-primary-key',
  summary: 'A table without a primary key.',
  category: 'style',
  severity: 'off',
  why: 'Logical replication refuses updates and deletes on it, batches have nothing to go by, and two equal rows cannot be told apart.',
  aliases: ['require-primary-key', 'requirePrimaryKey'],
  examples: [
    {
      given: '',
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
        message: `${nameOf(change.relation)} has no primary key.`,
        remedy: { text: 'Add one; an identity column will do.', steps: [] },
        evidence: [change],
      };
    }
  },
});
