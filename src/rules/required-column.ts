import type { ChangeOf } from '../model/effect.ts';
import { isVisible } from '../model/effect.ts';
import type { Remedy } from '../model/report.ts';
import type { Step } from '../model/step.ts';
import { defineRule, type Violation } from '../model/rule.ts';
import { keyOf } from '../model/schema.ts';
import { addColumn } from './shared/alter.ts';
import { costsOf } from './shared/blocking-work.ts';
import { columnOf, quoteRelation } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';
import { setNotNull } from './shared/set-not-null.ts';

function remedyFor(step: Step, { relation, column }: ChangeOf<'add-column'>): Remedy {
  const add = addColumn(step, column.name, type => type === 'CONSTR_IDENTITY');
  return {
    text: 'Add the column as nullable, let the application write it, backfill existing rows in batches, and set NOT NULL last. With a constant default one step is enough.',
    steps:
      add === null
        ? []
        : [
            migration('Add the column', add),
            ...setNotNull(
              relation,
              column.name,
              'Require a value in new rows, once the application writes it and existing rows are backfilled',
            ),
          ],
  };
}

/** A new column, which running code does not know, and whose default is gone before it does. */
function* withoutItsDefault(step: Step, change: ChangeOf<'set-default'>): Generator<Violation> {
  const { relation, column: name } = change;
  const table = step.before.relations.get(keyOf(relation));
  const column = table?.columns.find(known => known.name === name);
  if (change.default !== null || !isVisible(relation) || !column?.age || !column.notNull) return;
  yield {
    message: `${columnOf(relation, name)} is new and NOT NULL, and its default is dropped: code that does not set the column cannot insert.`,
    remedy: {
      text: 'Drop the default one deploy after the code that sets the column.',
      steps: [],
    },
    evidence: [change],
  };
}

export default defineRule({
  id: 'required-column',
  summary: 'A NOT NULL column without a default cannot be added to a table that has rows.',
  category: 'failure',
  severity: 'error',
  why: `
\`ADD COLUMN … NOT NULL\` without a default fails as soon as the table has one row. If the table is empty, the running
version of the application, which does not set the column, can no longer insert.`,
  aliases: ['adding-required-field', 'add-required-column', 'addingRequiredField'],
  examples: [
    {
      setup: 'create table users (id bigint primary key);',
      bad: 'alter table users add column email text not null;',
      good: ['alter table users add column email text;'],
    },
    {
      setup: 'create table users (id bigint primary key);',
      bad: 'alter table users add column plan text not null;',
      good: ["alter table users add column plan text not null default 'free';"],
    },
    {
      setup: 'create table users (id bigint primary key);',
      bad: "alter table users add column plan text not null default 'free'; alter table users alter column plan drop default;",
      good: [
        "create table carts (id bigint primary key); alter table carts add column plan text not null default 'free'; alter table carts alter column plan drop default;",
      ],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind === 'set-default') yield* withoutItsDefault(step, change);
      if (change.kind !== 'add-column' || !isVisible(change.relation)) continue;
      const costs = costsOf(step, change);
      const reject = costs.some(cost => cost.kind === 'reject');
      const { notNull, default: value, generated, identity } = change.column;
      if (!reject && !(notNull && (!value || value.isNull) && generated === null && !identity)) continue;
      yield {
        message: `${columnOf(change.relation, change.column.name)} is NOT NULL without a default: the statement fails if ${quoteRelation(change.relation)} has rows, and code that does not set the column cannot insert.`,
        remedy: remedyFor(step, change),
        evidence: [change, ...costs],
      };
    }
  },
});
