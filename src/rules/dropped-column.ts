import { isVisible, type ChangeOf } from '../model/effect.ts';
import { keyOf } from '../model/schema.ts';
import { defineRule, type Violation } from '../model/rule.ts';
import type { Step } from '../model/step.ts';
import { alter } from './shared/alter.ts';
import { costsOf } from './shared/blocking-work.ts';
import { columnOf, keyName, listed, quote, quoteRelation } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';

/** Columns of the type, and typed tables, lose the attribute's values. */
function* droppedAttribute(step: Step, change: ChangeOf<'alter-composite'>): Generator<Violation> {
  const lost = step.costs.filter(
    cost => cost.kind === 'lose-data' && cost.cause === change && isVisible(cost.relation),
  );
  const tables = [...new Set(lost.flatMap(({ relation }) => (relation ? [quoteRelation(relation)] : [])))];
  if (tables.length === 0) return;
  const attribute = `${keyName(change.key)}.${quote(change.attribute)}`;
  yield {
    message: `Dropping the attribute ${attribute} deletes its data in ${listed(tables)}; queries that still use it fail immediately.`,
    remedy: {
      text: `First deploy code that no longer uses ${attribute}. Drop it in the next deploy, and suppress this finding with that reason.`,
      steps: [],
    },
    evidence: [change, ...lost],
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
      given: 'create table users (id bigint primary key, email text);',
      bad: 'alter table users drop column email;',
      good: null,
    },
    {
      given: 'create type address as (street text, zip text); create table users (id bigint, home address);',
      bad: 'alter type address drop attribute zip;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind === 'alter-composite' && change.what === 'drop') yield* droppedAttribute(step, change);
      if (change.kind !== 'drop-column' || !isVisible(change.relation)) continue;
      const { relation, column } = change;
      const name = quote(column);
      const required = step.before.relations
        .get(keyOf(relation))
        ?.columns.some(known => known.name === column && known.notNull && !known.default);
      yield {
        message: `Dropping ${columnOf(relation, column)} deletes its data; queries that still reference it fail immediately.`,
        remedy: {
          text: `First deploy code that no longer reads or writes ${name}. Drop it in the next deploy, and suppress this finding with that reason.`,
          steps: [
            ...(required
              ? [
                  migration(
                    'Together with the code that stops writing it',
                    alter(relation, `ALTER COLUMN ${name} DROP NOT NULL`),
                  ),
                ]
              : []),
            migration('One deploy after the last code that uses it', alter(relation, `DROP COLUMN ${name}`)),
          ],
        },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
