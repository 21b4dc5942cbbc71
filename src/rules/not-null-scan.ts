import { same, type Change, type Relation } from '../model/effect.ts';
import type { Remedy } from '../model/report.ts';
import { keyOf, type Key } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { alter } from './shared/alter.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { columnOf, listed, quoteRelation, quote } from './shared/quote.ts';
import { later, migration } from './shared/remedy.ts';

function columnsOf(change: Change): readonly string[] {
  if (change.kind === 'set-not-null') return [change.column];
  if (change.kind !== 'add-constraint') return [];
  const { type, usingIndex, columns } = change.constraint;
  return type === 'not-null' || (type === 'primary-key' && usingIndex !== null) ? columns : [];
}

function remedyFor(step: Step, relation: Relation, columns: readonly string[], key: boolean): Remedy {
  const checks = columns.map(column => ({ column: quote(column), check: quote(`${relation.name}_${column}_set`) }));
  const column = columns.length === 1 ? quote(columns[0] ?? 'column') : 'column';
  return {
    text: `Backfill existing nulls. Add CHECK (${column} IS NOT NULL) NOT VALID, VALIDATE it in ${later(step)} (does not block reads or writes), then SET NOT NULL, which skips the scan.`,
    steps: [
      migration(
        'Require a value in new rows',
        ...checks.map(({ column, check }) =>
          alter(relation, `ADD CONSTRAINT ${check} CHECK (${column} IS NOT NULL) NOT VALID`),
        ),
      ),
      migration(
        'Validate existing rows',
        ...checks.map(({ check }) => alter(relation, `VALIDATE CONSTRAINT ${check}`)),
      ),
      migration(
        key ? 'Set NOT NULL, after which the primary key can use its index' : 'Set NOT NULL',
        ...checks.flatMap(({ column, check }) => [
          alter(relation, `ALTER COLUMN ${column} SET NOT NULL`),
          alter(relation, `DROP CONSTRAINT ${check}`),
        ]),
      ),
    ],
  };
}

export default defineRule({
  id: 'not-null-scan',
  summary: 'NOT NULL scans the table while it is locked.',
  category: 'locks',
  severity: 'error',
  why: `
\`SET NOT NULL\` scans the whole table under an \`ACCESS EXCLUSIVE\` lock to check that no row has a null, and fails
if one does. Since Postgres 12 the scan is skipped if a validated check already proves \`column IS NOT NULL\`.`,
  aliases: ['adding-not-nullable-field', 'alter-column-set-not-null', 'addingNotNullField'],
  examples: [
    {
      setup: 'create table users (id bigint primary key, email text);',
      bad: 'alter table users alter email set not null;',
      good: [
        'alter table users add constraint email_set check (email is not null) not valid;',
        'alter table users validate constraint email_set;',
        'alter table users alter email set not null; alter table users drop constraint email_set;',
      ],
    },
  ],
  *check(step) {
    const handled = new Set<Key>();
    for (const first of step.changes) {
      if (columnsOf(first).length === 0 || !('relation' in first) || handled.has(keyOf(first.relation))) continue;
      const { relation } = first;
      const all = step.changes.flatMap(change => {
        if (!('relation' in change) || !same(change.relation, relation) || columnsOf(change).length === 0) return [];
        const work = blockingWork(step, costsOf(step, change)) ?? blockingReject(costsOf(step, change));
        return work ? [{ change, work }] : [];
      });
      const worst = all.find(({ work }) => work.severity.severity === undefined) ?? all[0];
      if (!worst) continue;
      handled.add(keyOf(relation));
      const columns = [...new Set(all.flatMap(({ change }) => columnsOf(change)))];
      const key = all.some(
        ({ change }) => change.kind === 'add-constraint' && change.constraint.type === 'primary-key',
      );
      yield {
        message: `NOT NULL on ${listed(columns.map(column => columnOf(relation, column)))} scans ${quoteRelation(relation)} under an ACCESS EXCLUSIVE lock and blocks reads and writes until it finishes.${worst.work.uncertainty}`,
        remedy: remedyFor(step, relation, columns, key),
        evidence: all.flatMap(({ change, work }) => [change, ...work.evidence]),
        ...worst.work.severity,
      };
    }
    /** The second SET NOT NULL of a statement shares the scan of the first. */
    function blockingReject(
      costs: typeof step.costs,
    ): Pick<NonNullable<ReturnType<typeof blockingWork>>, 'uncertainty' | 'evidence' | 'severity'> | null {
      const rejects = costs.filter(cost => cost.kind === 'reject');
      const shared = step.costs.filter(
        cost => cost.kind === 'scan' && rejects.some(r => r.relation.name === cost.relation.name),
      );
      const work = rejects.length > 0 ? blockingWork(step, shared) : null;
      return work && { ...work, evidence: costs };
    }
  },
});
