import type { Change, Relation } from '../model/effect.ts';
import type { Remedy } from '../model/report.ts';
import { defineRule } from '../model/rule.ts';
import { alter } from './shared/alter.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { nameOf, quote } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';

function columnsOf(change: Change): readonly string[] {
  if (change.kind === 'set-not-null') return [change.column];
  if (change.kind !== 'add-constraint') return [];
  const { type, usingIndex, columns } = change.constraint;
  return type === 'not-null' || (type === 'primary-key' && usingIndex !== null) ? columns : [];
}

function remedyFor(relation: Relation, columns: readonly string[], key: boolean): Remedy {
  const proofs = columns.map(column => ({ column: quote(column), proof: quote(`${relation.name}_${column}_set`) }));
  return {
    text: 'Prove it with a check first: added NOT VALID it takes a moment, validated it lets reads and writes through, and SET NOT NULL then trusts it and reads nothing. Fill the rows that hold a null before the second step.',
    steps: [
      migration(
        'Require the value of new rows',
        ...proofs.map(({ column, proof }) =>
          alter(relation, `ADD CONSTRAINT ${proof} CHECK (${column} IS NOT NULL) NOT VALID`),
        ),
      ),
      migration(
        'Prove it of the old rows',
        ...proofs.map(({ proof }) => alter(relation, `VALIDATE CONSTRAINT ${proof}`)),
      ),
      migration(
        key ? 'Set NOT NULL, after which the key can take its index over' : 'Set NOT NULL',
        ...proofs.flatMap(({ column, proof }) => [
          alter(relation, `ALTER COLUMN ${column} SET NOT NULL`),
          alter(relation, `DROP CONSTRAINT ${proof}`),
        ]),
      ),
    ],
  };
}

export default defineRule({
  id: 'not-null-scan',
  summary: 'NOT NULL reads every row while the table is locked.',
  category: 'locks',
  severity: 'error',
  why: `
\`SET NOT NULL\` reads the whole table under \`ACCESS EXCLUSIVE\` to see that no row holds a null, and fails when one does.
Since Postgres 12 it reads nothing when a validated check says \`column IS NOT NULL\` already.`,
  aliases: ['adding-not-nullable-field', 'alter-column-set-not-null', 'addingNotNullField'],
  examples: [
    {
      given: 'create table users (id bigint primary key, email text);',
      bad: 'alter table users alter email set not null;',
      good: [
        'alter table users add constraint email_set check (email is not null) not valid;',
        'alter table users validate constraint email_set;',
        'alter table users alter email set not null; alter table users drop constraint email_set;',
      ],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      const columns = columnsOf(change);
      if (columns.length === 0 || !('relation' in change)) continue;
      const found =
        blockingWork(step, costsOf(step, change)) ?? blockingReject(step.costs.filter(c => c.cause === change));
      if (!found) continue;
      yield {
        message: `NOT NULL on ${columns.join(', ')} reads every row of ${nameOf(change.relation)} under ACCESS EXCLUSIVE, and reads and writes wait until it is done.${found.doubt}`,
        remedy: remedyFor(
          change.relation,
          columns,
          change.kind === 'add-constraint' && change.constraint.type === 'primary-key',
        ),
        evidence: [change, ...found.evidence],
        ...found.severity,
      };
    }
    /** The second SET NOT NULL of a statement shares the scan of the first. */
    function blockingReject(
      costs: typeof step.costs,
    ): Pick<NonNullable<ReturnType<typeof blockingWork>>, 'doubt' | 'evidence' | 'severity'> | null {
      const rejects = costs.filter(cost => cost.kind === 'reject');
      const shared = step.costs.filter(
        cost => cost.kind === 'scan' && rejects.some(r => r.relation.name === cost.relation.name),
      );
      const work = rejects.length > 0 ? blockingWork(step, shared) : null;
      return work && { ...work, evidence: costs };
    }
  },
});
