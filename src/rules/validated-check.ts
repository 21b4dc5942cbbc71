import type { ChangeOf } from '../model/effect.ts';
import type { Remedy } from '../model/report.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { addColumn, addNotValid, validate } from './shared/alter.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { later, migration } from './shared/remedy.ts';

function remedyFor(step: Step, change: ChangeOf<'add-constraint'>): Remedy {
  const { relation, constraint, inline } = change;
  const add = addNotValid(step, change);
  const added = inline
    ? step.changes.find(other => other.kind === 'add-column' && constraint.columns.includes(other.column.name))
    : undefined;
  const column =
    added?.kind === 'add-column' ? addColumn(step, added.column.name, type => type !== 'CONSTR_CHECK') : null;
  return {
    text: `Add the check as NOT VALID, which is fast and applies to new rows, and VALIDATE it in ${later(step)}, which does not block reads or writes.`,
    steps:
      add === null
        ? []
        : [
            migration('Add the check for new rows', column, add),
            migration('Validate existing rows', validate(relation, constraint.name)),
          ],
  };
}

export default defineRule({
  id: 'validated-check',
  summary: 'A check constraint scans the table while it is locked.',
  category: 'locks',
  severity: 'error',
  why: `
\`ADD CONSTRAINT … CHECK\` scans the whole table under an \`ACCESS EXCLUSIVE\` lock, which blocks even reads. With
\`NOT VALID\`, the existing rows are left to \`VALIDATE CONSTRAINT\`, which does not block reads or writes. A check
written on a new column is verified against every row as well.`,
  aliases: ['constraint-missing-not-valid', 'add-constraint-check-no-not-valid', 'constraintMissingNotValid'],
  examples: [
    {
      setup: 'create table users (id bigint primary key, age int);',
      bad: 'alter table users add constraint adult check (age >= 18);',
      good: [
        'alter table users add constraint adult check (age >= 18) not valid;',
        'alter table users validate constraint adult;',
      ],
    },
    {
      setup: 'create table users (id bigint primary key);',
      bad: "alter table users add column state text default 'new' check (state <> '');",
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'add-constraint' || change.constraint.type !== 'check') continue;
      const blocking = blockingWork(step, costsOf(step, change));
      if (!blocking) continue;
      yield {
        message: `Adding the check ${quote(change.constraint.name)} scans ${quoteRelation(change.relation)} under ${blocking.under}.${blocking.uncertainty}`,
        remedy: remedyFor(step, change),
        evidence: [change, ...blocking.evidence],
        ...blocking.severity,
      };
    }
  },
});
