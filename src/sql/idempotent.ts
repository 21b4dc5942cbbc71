import type { Statement } from '../model/source.ts';
import { all, as, tagOf, type Body, type Tag } from './nodes.ts';

type Guards = { readonly [K in Tag]?: (body: Body<K>) => boolean };

/** Statements that can say that they do nothing where it is done. */
const GUARDS: Guards = {
  CreateStmt: ({ if_not_exists }) => if_not_exists === true,
  CreateTableAsStmt: ({ if_not_exists }) => if_not_exists === true,
  IndexStmt: ({ if_not_exists }) => if_not_exists === true,
  CreateSeqStmt: ({ if_not_exists }) => if_not_exists === true,
  CreateSchemaStmt: ({ if_not_exists }) => if_not_exists === true,
  CreateExtensionStmt: ({ if_not_exists }) => if_not_exists === true,
  CreateStatsStmt: ({ if_not_exists }) => if_not_exists === true,
  AlterEnumStmt: ({ skipIfNewValExists }) => skipIfNewValExists === true,
  DropStmt: ({ missing_ok }) => missing_ok === true,
  DropRoleStmt: ({ missing_ok }) => missing_ok === true,
  CreateFunctionStmt: ({ replace }) => replace === true,
  ViewStmt: ({ replace }) => replace === true,
  CreateTrigStmt: ({ replace }) => replace === true,
  RuleStmt: ({ replace }) => replace === true,
  InsertStmt: ({ onConflictClause }) => onConflictClause !== undefined,
  AlterTableStmt: ({ cmds }) => all(cmds, 'AlterTableCmd').every(cmd => cmd.missing_ok === true),
};

/** What may stand between them: it says the same however often it is said. */
const NEUTRAL: ReadonlySet<Tag> = new Set(['TransactionStmt', 'VariableSetStmt', 'CommentStmt', 'GrantStmt']);

/** Each statement says IF [NOT] EXISTS, OR REPLACE or ON CONFLICT: who writes so means to run the file again. */
export function isGuarded(statements: readonly Statement[]): boolean {
  const telling = statements.filter(({ node }) => node === null || !NEUTRAL.has(tagOf(node)));
  return telling.length > 0 && telling.every(({ node }) => node !== null && guards(node));
}

function guards(node: NonNullable<Statement['node']>): boolean {
  const tag = tagOf(node);
  const guard = GUARDS[tag] as ((body: unknown) => boolean) | undefined;
  return guard?.(as(node, tag)) ?? false;
}
