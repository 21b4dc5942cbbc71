import { same, type ChangeOf, type Relation } from '../model/effect.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { alter } from './shared/alter.ts';
import { costsOf } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';
import { seenOf } from './shared/whole-rows.ts';

/** Partitions go with their parent, children with CASCADE. */
const isDropped = (relation: Relation, change: ChangeOf<'drop-relation'>, step: Step): boolean =>
  same(relation, change.relation) ||
  step.costs.some(
    ({ kind, cause, relation: lost }) => kind === 'lose-data' && cause === change && same(lost, relation),
  );

export default defineRule({
  id: 'dropped-table',
  summary: 'A table is dropped: its rows are lost and queries that use it fail.',
  category: 'data-loss',
  severity: 'error',
  why: `
The rows can be restored only from a backup, and the running version of the application fails on every query that uses
the table. The drop also takes \`ACCESS EXCLUSIVE\` on the tables that its foreign keys reference.`,
  aliases: ['ban-drop-table', 'drop-table', 'banDropTable'],
  examples: [{ given: 'create table users (id bigint primary key);', bad: 'drop table users;', good: null }],
  *check(step) {
    for (const change of step.changes) {
      const relation = change.kind === 'drop-relation' && seenOf(change.relation, step.before);
      if (!relation || !isDropped(relation, change, step)) continue;
      if (relation.kind !== 'table' && relation.kind !== 'partitioned-table' && relation.kind !== 'foreign-table')
        continue;
      const kept = quote(`${relation.name}_dropped`);
      yield {
        message: `Dropping ${quoteRelation(relation)} deletes all its rows; queries that still reference it fail immediately.`,
        remedy: {
          text: 'First deploy code that no longer uses the table. Rename the table and keep it for a while, so that a mistake can be undone. Then drop it, and suppress this finding with that reason.',
          steps: [
            migration('One deploy after the last code that uses it', alter(relation, `RENAME TO ${kept}`)),
            migration(
              'Once nothing needs it',
              `DROP TABLE ${quoteRelation({ schema: relation.schema, name: `${relation.name}_dropped` })}`,
            ),
          ],
        },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
