import type { Change } from '../model/effect.ts';
import { as, strings, walk, type Body, type Tree } from '../sql/nodes.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { gathered } from './shared/earlier.ts';
import { keyName } from './shared/quote.ts';
import { later, migration } from './shared/remedy.ts';

/** Labels that earlier statements of the transaction added to a type that is older than it. */
const added = gathered(({ changes, before }: Step): { label: string; key: string; change: Change }[] =>
  changes.flatMap(change => {
    if (change.kind !== 'add-enum-value' || change.exists) return [];
    const type = before.types.get(change.key);
    return type?.age === 'this-transaction' ? [] : [{ label: change.label, key: change.key, change }];
  }),
);

/** The label is cast to the type, or compared with a column that has it: Postgres reads it as one of its values then. */
function isMet({ statement, before }: Step, { label, key }: { label: string; key: string }): boolean {
  const name = key.slice(key.indexOf('.') + 1);
  const relations = new Set<string>();
  const columns = new Set<string>();
  walk(statement.node, (tag, body) => {
    if (tag === 'RangeVar') relations.add((body as Body<'RangeVar'>).relname ?? '');
    return true;
  });
  for (const table of before.relations.values())
    if (relations.has(table.name))
      for (const { name: column, type } of table.columns)
        if (`${type.schema}.${type.name}` === key) columns.add(column);
  const isLabel = (node: Tree | undefined): boolean => as(node, 'A_Const')?.sval?.sval === label;
  const isColumn = (node: Tree | undefined): boolean =>
    columns.has(strings(as(node, 'ColumnRef')?.fields).at(-1) ?? '');
  let met = false;
  walk(statement.node, (tag, body) => {
    if (tag === 'TypeCast') {
      const { arg, typeName } = body as Body<'TypeCast'>;
      met ||= isLabel(arg) && strings(typeName?.names).at(-1) === name;
    }
    if (tag === 'A_Expr') {
      const { lexpr, rexpr } = body as Body<'A_Expr'>;
      const items = as(rexpr, 'List')?.items ?? [rexpr];
      met ||= (isColumn(lexpr) && items.some(isLabel)) || (isColumn(rexpr) && isLabel(lexpr));
    }
    return true;
  });
  return met;
}

export default defineRule({
  id: 'enum-value-used-in-same-transaction',
  summary: 'A new enum value is used in the transaction that adds it.',
  category: 'failure',
  severity: 'error',
  why: `
A value added with \`ALTER TYPE … ADD VALUE\` cannot be used before it is committed (55P04): not in a default, check,
insert or update of the same transaction. A type created in the same transaction is exempt.`,
  aliases: ['enum-value-use-in-same-transaction', 'add-enum-value-in-transaction'],
  examples: [
    {
      setup: "create type state as enum ('new'); create table orders (id bigint primary key, state state);",
      bad: "alter type state add value 'paid'; update orders set state = 'paid' where id = 1;",
      good: ["alter type state add value 'paid';", "update orders set state = 'paid' where id = 1;"],
    },
  ],
  *check(step) {
    const labels = added(step);
    if (labels.length === 0 || step.statement.node === null) return;
    const fail = step.costs.find(cost => cost.kind === 'fail' && cost.sqlstate === '55P04');
    const used = new Set<string>();
    if (!step.changes.some(change => change.kind === 'add-enum-value' || change.kind === 'rename-enum-value'))
      walk(step.statement.node, (tag, body) => {
        const text = tag === 'A_Const' ? (body as Body<'A_Const'>).sval?.sval : undefined;
        if (text !== undefined) used.add(text);
        return tag !== 'CommentStmt';
      });
    const usedLabel = labels.find(({ label }) => used.has(label));
    const isCertain = fail !== undefined || (usedLabel !== undefined && isMet(step, usedLabel));
    if (!usedLabel && !fail) return;
    const { label = '', key = 'the type' } = usedLabel ?? labels[0] ?? {};
    const type = keyName(key);
    yield {
      message: `'${label}' is added to ${type} in this transaction and cannot be used before commit: the statement ${isCertain ? 'fails' : 'can fail'} with 55P04.`,
      remedy: {
        text: `Add the value in one migration and use it in ${later(step)}.`,
        steps: [
          migration('Add the value', `ALTER TYPE ${type} ADD VALUE '${label.replaceAll("'", "''")}'`),
          migration('Use it', step.statement.sql),
        ],
      },
      evidence: [...(usedLabel ? [usedLabel.change] : []), ...(fail ? [fail] : [])],
      ...(isCertain ? {} : { severity: 'warning' as const }),
    };
  },
});
