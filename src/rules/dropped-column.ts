import { isVisible, type ChangeOf } from '../model/effect.ts';
import { keyOf, type Column, type Table } from '../model/schema.ts';
import { defineRule, type Violation } from '../model/rule.ts';
import type { Step } from '../model/step.ts';
import { alter, columnNode, typeSql } from './shared/alter.ts';
import { costsOf } from './shared/blocking-work.ts';
import { groupBy } from '../model/group-by.ts';
import { columnOf, keyName, listed, quote, quoteRelation } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';
import { endsOf } from './shared/transaction-ends.ts';

/** Columns of the type, and typed tables, lose the attribute's values. */
function* droppedAttribute(step: Step, change: ChangeOf<'alter-composite'>): Generator<Violation> {
  const losses = step.costs.filter(
    cost => cost.kind === 'lose-data' && cost.cause === change && isVisible(cost.relation),
  );
  const tables = [...new Set(losses.flatMap(({ relation }) => (relation ? [quoteRelation(relation)] : [])))];
  if (tables.length === 0) return;
  const attribute = `${keyName(change.key)}.${quote(change.attribute)}`;
  yield {
    message: `Dropping the attribute ${attribute} deletes its data in ${listed(tables)}; queries that still use it fail immediately.`,
    remedy: {
      text: `First deploy code that no longer uses ${attribute}. Drop it in the next deploy, and suppress this finding with that reason.`,
      steps: [],
    },
    evidence: [change, ...losses],
  };
}

export default defineRule({
  id: 'dropped-column',
  summary: 'A column is dropped: its data is lost and queries that use it fail.',
  category: 'data-loss',
  severity: 'error',
  why: `
The data can be restored only from a backup. The application version that still runs during the deploy fails on every
query that uses the column, including \`SELECT *\` of an ORM. Drop a column one deploy after the last code that uses
it.`,
  aliases: ['ban-drop-column', 'drop-column', 'banDropColumn'],
  examples: [
    {
      setup: 'create table users (id bigint primary key, email text);',
      bad: 'alter table users drop column email;',
      good: null,
    },
    {
      setup: 'create type address as (street text, zip text); create table users (id bigint, home address);',
      bad: 'alter type address drop attribute zip;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes)
      if (change.kind === 'alter-composite' && change.what === 'drop') yield* droppedAttribute(step, change);
    const drops = step.changes.filter(change => change.kind === 'drop-column').filter(change => isLost(step, change));
    for (const [first, ...others] of groupBy(drops, ({ relation }) => keyOf(relation)).values()) {
      if (!first) continue;
      const { relation, column } = first;
      const columns = [first, ...others].map(drop => quote(drop.column));
      const required = [first, ...others].filter(drop => isRequired(columnIn(step, drop)));
      const name = columns.join(', ');
      const isSingle = others.length === 0;
      const again = isSingle ? addedAgain(step, first) : null;
      if (again !== null) {
        yield {
          message: `Dropping ${columnOf(relation, column)} and adding it again deletes its data: every row loses its value.`,
          remedy: {
            text: `Change the type in place, which keeps the values, instead of dropping and adding ${name}. Add a USING clause where the old type does not cast to the new one; unless the new type only lengthens the old one, the table is rewritten.`,
            steps: [migration('Instead of both statements', alter(relation, `ALTER COLUMN ${name} TYPE ${again}`))],
          },
          evidence: [first, ...costsOf(step, first)],
        };
        continue;
      }
      yield {
        message: isSingle
          ? `Dropping ${columnOf(relation, column)} deletes its data; queries that still reference it fail immediately.`
          : `Dropping ${listed(columns)} of ${quoteRelation(relation)} deletes their data; queries that still reference them fail immediately.`,
        remedy: {
          text: `First deploy code that no longer reads or writes ${name}. Drop ${isSingle ? 'it' : 'them'} in the next deploy, and suppress this finding with that reason.`,
          steps: [
            ...(required.length > 0
              ? [
                  migration(
                    `Together with the code that stops writing ${required.length === 1 ? 'it' : 'them'}`,
                    ...required.map(drop => alter(relation, `ALTER COLUMN ${quote(drop.column)} DROP NOT NULL`)),
                  ),
                ]
              : []),
            migration(
              `One deploy after the last code that uses ${isSingle ? 'it' : 'them'}`,
              alter(relation, columns.map(dropped => `DROP COLUMN ${dropped}`).join(', ')),
            ),
          ],
        },
        evidence: [first, ...others].flatMap(change => [change, ...costsOf(step, change)]),
      };
    }
  },
});

type Drop = ChangeOf<'drop-column'>;

const columnIn = (step: Step, { relation, column }: Drop): Column | undefined =>
  step.before.relations.get(keyOf(relation))?.columns.find(({ name }) => name === column);

/** What this pull request has added, nobody uses yet. */
const isLost = (step: Step, drop: Drop): boolean => isVisible(drop.relation) && !columnIn(step, drop)?.age;

const isRequired = (column: Column | undefined): boolean => column?.notNull === true && !column.default;

/** The type with which the same transaction adds the column again, as SQL; null where it does not. */
function addedAgain({ whole, after }: Step, { relation, column }: Drop): string | null {
  const key = keyOf(relation);
  const columnNamed = (table: Table | undefined): Column | undefined =>
    table?.columns.find(({ name }) => name === column);
  // In most transactions it is not: the statements are looked through only where it is.
  if (columnNamed(endsOf(whole).after.relations.get(key))?.age !== 'this-transaction') return null;
  if (columnNamed(endsOf(whole).before.relations.get(key)) === undefined || after.relations.get(key) === undefined)
    return null;
  const adding = whole.steps.find(({ changes }) =>
    changes.some(
      change => change.kind === 'add-column' && keyOf(change.relation) === key && change.column.name === column,
    ),
  );
  return adding ? typeSql(columnNode(adding, column)?.typeName) : null;
}
