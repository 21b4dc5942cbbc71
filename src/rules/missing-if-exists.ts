import { as, all } from '../sql/nodes.ts';
import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'missing-if-exists',
  summary: 'A statement outside a transaction fails when it is run again.',
  category: 'style',
  severity: 'off',
  why: 'Outside a transaction a migration that fails half way leaves its first half behind, and its statements fail when the tool tries again.',
  aliases: ['prefer-robust-stmts', 'missing-if-exists-guard', 'preferRobustStmts'],
  examples: [
    {
      given: '',
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
      message: 'The statement fails when it is run a second time after a migration that failed half way.',
      remedy: { text: drop ? 'Write IF EXISTS.' : 'Write IF NOT EXISTS (or IF EXISTS for a drop).', steps: [] },
      evidence: step.changes,
    };
  },
});
