import { as, all } from '../sql/nodes.ts';
import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'missing-if-exists',
  summary: 'A statement outside a transaction fails when it is run again.',
  category: 'style',
  severity: 'off',
  why: 'Outside a transaction, a migration that fails halfway leaves its first statements applied, and these fail when the tool retries.',
  aliases: ['prefer-robust-stmts', 'missing-if-exists-guard', 'preferRobustStmts'],
  examples: [
    {
      setup: '',
      bad: 'create table orders (id bigint primary key);',
      good: ['create table if not exists orders (id bigint primary key);'],
      transaction: 'per-statement',
    },
  ],
  *check(step) {
    if (step.transaction.block || step.statement.node === null) return;
    const { node } = step.statement;
    const create = as(node, 'CreateStmt') ?? as(node, 'IndexStmt');
    const drop = as(node, 'DropStmt');
    const added = all(as(node, 'AlterTableStmt')?.cmds, 'AlterTableCmd').some(
      cmd => (cmd.subtype === 'AT_AddColumn' || cmd.subtype === 'AT_DropColumn') && !cmd.missing_ok,
    );
    if (!((create && !create.if_not_exists) || (drop && !drop.missing_ok) || added)) return;
    yield {
      message: 'The statement fails when the migration is run again after failing halfway.',
      remedy: { text: drop ? 'Add IF EXISTS.' : 'Add IF NOT EXISTS (IF EXISTS for a drop).', steps: [] },
      evidence: step.changes,
    };
  },
});
