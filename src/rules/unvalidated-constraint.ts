import { isVisible, type Change, type Relation } from '../model/effect.ts';
import { keyOf, type Constraint } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { validate } from './shared/alter.ts';
import { quote, quoteRelation } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';
import { endsOf } from './shared/transaction-ends.ts';

/** What somebody who works on the table writes. */
const WORK: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'add-column',
  'drop-column',
  'rename-column',
  'retype-column',
  'set-not-null',
  'add-constraint',
  'validate-constraint',
  'create-index',
]);

const isOpen = ({ type, valid, enforced, age, inheritedOnly }: Constraint): boolean =>
  !valid &&
  enforced &&
  age === undefined &&
  !inheritedOnly &&
  (type === 'check' || type === 'foreign-key' || type === 'not-null');

/** Constraints of merged migrations that are NOT VALID before the statement, and when its transaction ends. */
function leftOpen(step: Step, relation: Relation): Constraint[] {
  const open = step.before.relations.get(keyOf(relation))?.constraints.filter(isOpen) ?? [];
  if (open.length === 0) return open;
  const after = endsOf(step.whole).after.relations.get(keyOf(relation))?.constraints ?? [];
  return open.filter(({ name }) => after.some(constraint => constraint.name === name && !constraint.valid));
}

export default defineRule({
  id: 'unvalidated-constraint',
  summary: 'A constraint of an earlier pull request is still NOT VALID.',
  category: 'data',
  severity: 'notice',
  once: true,
  why: `
\`NOT VALID\` checks new and updated rows only. Until \`VALIDATE CONSTRAINT\` has run, older rows may violate the
constraint, an update of such a row fails, \`SET NOT NULL\` does not skip its scan, and the planner does not use the
constraint. The pull request that adds it is not reported, because the validation belongs in a later deploy; a later one
that changes the table is. A dump and restore fails if a row violates it.`,
  examples: [
    {
      setup:
        'create table orders (id bigint primary key, total int); alter table orders add constraint positive check (total > 0) not valid;',
      bad: 'alter table orders add column note text;',
      good: ['alter table orders validate constraint positive;', 'alter table orders add column note text;'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (!WORK.has(change.kind) || !('relation' in change) || !isVisible(change.relation)) continue;
      const { relation } = change;
      const [first, ...others] = leftOpen(step, relation);
      if (!first) continue;
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      yield {
        message: `The constraint ${quote(first.name)}${more} of ${quoteRelation(relation)} is still NOT VALID: rows from before it was added may violate it.`,
        remedy: {
          text: 'Correct the rows that violate it, then validate it in a migration of its own, which does not block reads or writes.',
          steps: [
            migration(
              'Validate existing rows',
              ...[first, ...others].map(constraint => validate(relation, constraint.name)),
            ),
          ],
        },
        evidence: [change],
      };
      return;
    }
  },
});
