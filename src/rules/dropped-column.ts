import { isVisible } from '../model/effect.ts';
import { keyOf } from '../model/schema.ts';
import { defineRule } from '../model/rule.ts';
import { alter } from './shared/alter.ts';
import { costsOf } from './shared/blocking-work.ts';
import { nameOf, quote } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';

export default defineRule({
  id: 'dropped-column',
  summary: 'A column is dropped: its values are lost, and code that names it fails.',
  category: 'data-loss',
  severity: 'error',
  why: `
The values cannot be brought back except from a backup, and the version of the application that still runs during the
deploy fails on every query that names the column, \`SELECT *\` of an ORM included. Drop a column one deploy after the
last code that knows it.`,
  aliases: ['ban-drop-column', 'drop-column', 'banDropColumn'],
  examples: [
    {
      given: 'create table users (id bigint primary key, email text);',
      bad: 'alter table users drop column email;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'drop-column' || !isVisible(change.relation)) continue;
      const { relation, column } = change;
      const name = quote(column);
      const required = step.before.relations
        .get(keyOf(relation))
        ?.columns.some(known => known.name === column && known.notNull && !known.default);
      yield {
        message: `Dropping ${column} loses its values in ${nameOf(relation)}, and code that still names it fails at once.`,
        remedy: {
          text: `Deploy code that no longer reads or writes ${column} first, and drop it in the deploy after that. Then allow this rule here, with that as the reason.`,
          steps: [
            ...(required
              ? [
                  migration(
                    'With the code that stops writing it',
                    alter(relation, `ALTER COLUMN ${name} DROP NOT NULL`),
                  ),
                ]
              : []),
            migration('One deploy after the last code that names it', alter(relation, `DROP COLUMN ${name}`)),
          ],
        },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
