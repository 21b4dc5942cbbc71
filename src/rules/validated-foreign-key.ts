import type { ChangeOf } from '../model/effect.ts';
import type { Remedy } from '../model/report.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { addColumn, addNotValid, validate } from './shared/alter.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { nameOf } from './shared/quote.ts';
import { missingIndex } from './shared/missing-index.ts';
import { howOutside, migration, outside } from './shared/remedy.ts';

function remedyFor(step: Step, change: ChangeOf<'add-constraint'>): Remedy {
  const { relation, constraint, inline } = change;
  const add = addNotValid(step, change);
  const column = inline ? addColumn(step, constraint.columns[0] ?? '', type => type !== 'CONSTR_FOREIGN') : null;
  const index = missingIndex(step, change);
  return {
    text:
      'Add the foreign key NOT VALID, which takes a moment and holds for new rows, and validate the old rows in a later migration, under a lock that lets writes through.' +
      (index === null
        ? ''
        : ` Its columns have no index, without which each delete of a referenced row reads the whole table.${howOutside(step)}`),
    steps:
      add === null
        ? []
        : [
            migration('Add the foreign key for new rows', column, add),
            migration('Check the old rows', validate(relation, constraint.name)),
            ...(index === null ? [] : [outside(step, 'Build the index that deletes need', index)]),
          ],
  };
}

export default defineRule({
  id: 'validated-foreign-key',
  summary: 'A foreign key checks every row while writes to both tables wait.',
  category: 'locks',
  severity: 'error',
  why: `
Adding a foreign key takes \`SHARE ROW EXCLUSIVE\` on both tables and joins them to see that every row has its match;
writes to both wait for as long as that takes. With \`NOT VALID\` the old rows are left for \`VALIDATE CONSTRAINT\`, which
takes only \`SHARE UPDATE EXCLUSIVE\`. Both in one transaction gain nothing: the first lock is held to the commit.`,
  aliases: ['adding-foreign-key-constraint', 'add-constraint-fk-no-not-valid', 'addingForeignKeyConstraint'],
  examples: [
    {
      given:
        'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint); create index on orders (user_id);',
      bad: 'alter table orders add constraint orders_user foreign key (user_id) references users (id);',
      good: [
        'alter table orders add constraint orders_user foreign key (user_id) references users (id) not valid;',
        'alter table orders validate constraint orders_user;',
      ],
    },
    {
      given: 'create table users (id bigint primary key); create table orders (id bigint primary key);',
      bad: 'alter table orders add column user_id bigint not null default 1 references users;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'add-constraint' || change.constraint.type !== 'foreign-key') continue;
      const found = blockingWork(step, costsOf(step, change));
      const other = change.constraint.references;
      if (!found || !other) continue;
      yield {
        message: `The foreign key ${change.constraint.name} checks every row of ${nameOf(change.relation)} under ${found.lock.mode}, and writes to it and to ${nameOf(other)} wait until it is done.${found.doubt}`,
        remedy: remedyFor(step, change),
        evidence: [change, ...found.evidence],
        ...found.severity,
      };
    }
  },
});
