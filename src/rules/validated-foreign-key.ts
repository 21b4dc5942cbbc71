import type { ChangeOf } from '../model/effect.ts';
import type { Remedy } from '../model/report.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { addColumn, addNotValid, validate } from './shared/alter.ts';
import { blockingWork, costsOf, locked } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { missingIndex } from './shared/missing-index.ts';
import { howOutside, later, migration, outside } from './shared/remedy.ts';

function remedyFor(step: Step, change: ChangeOf<'add-constraint'>): Remedy {
  const { relation, constraint, inline } = change;
  const add = addNotValid(step, change);
  const column = inline ? addColumn(step, constraint.columns[0] ?? '', type => type !== 'CONSTR_FOREIGN') : null;
  const index = missingIndex(step, change);
  return {
    text:
      `Add the foreign key as NOT VALID, which is fast and applies to new rows, and VALIDATE it in ${later(step)}, which does not block writes.` +
      (index === null
        ? ''
        : ` Its columns have no index: each delete of a referenced row scans the whole table.${howOutside(step)}`),
    steps:
      add === null
        ? []
        : [
            migration('Add the foreign key for new rows', column, add),
            migration('Validate existing rows', validate(relation, constraint.name)),
            ...(index === null ? [] : outside(step, 'Build the index that deletes need', index)),
          ],
  };
}

export default defineRule({
  id: 'validated-foreign-key',
  summary: 'A foreign key checks every row and blocks writes to both tables.',
  category: 'locks',
  severity: 'error',
  why: `
Adding a foreign key takes \`SHARE ROW EXCLUSIVE\` on both tables and joins them to check that every row has a match;
writes to both wait until it finishes. With \`NOT VALID\`, the existing rows are left to \`VALIDATE CONSTRAINT\`,
which takes only \`SHARE UPDATE EXCLUSIVE\`. Doing both in one transaction has no benefit, because the first lock is
held until commit.`,
  aliases: ['adding-foreign-key-constraint', 'add-constraint-fk-no-not-valid', 'addingForeignKeyConstraint'],
  examples: [
    {
      setup:
        'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint); create index on orders (user_id);',
      bad: 'alter table orders add constraint orders_user foreign key (user_id) references users (id);',
      good: [
        'alter table orders add constraint orders_user foreign key (user_id) references users (id) not valid;',
        'alter table orders validate constraint orders_user;',
      ],
    },
    {
      setup: 'create table users (id bigint primary key); create table orders (id bigint primary key);',
      bad: 'alter table orders add column user_id bigint not null default 1 references users;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'add-constraint' || change.constraint.type !== 'foreign-key') continue;
      const blocking = blockingWork(step, costsOf(step, change));
      const other = change.constraint.references;
      if (!blocking || !other) continue;
      yield {
        message: `Adding the foreign key ${quote(change.constraint.name)} checks every row of ${quoteRelation(change.relation)} under ${locked(blocking.lock.mode)} and blocks writes to it and to ${quoteRelation(other)} until it finishes.${blocking.uncertainty}`,
        remedy: remedyFor(step, change),
        evidence: [change, ...blocking.evidence],
        ...blocking.severity,
      };
    }
  },
});
