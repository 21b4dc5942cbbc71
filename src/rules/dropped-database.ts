import { isVisible, type Change } from '../model/effect.ts';
import type { Age } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { lostWith, namedBy } from './shared/lost-objects.ts';
import { listed, quote } from './shared/quote.ts';

export default defineRule({
  id: 'dropped-database',
  summary: 'A whole database or schema is dropped.',
  category: 'data-loss',
  severity: 'error',
  why: `
\`DROP DATABASE\` and \`DROP SCHEMA … CASCADE\` delete every table inside, including tables that no migration creates.`,
  aliases: ['ban-drop-database', 'drop-database', 'banDropDatabase', 'drop-schema'],
  examples: [
    {
      setup: 'create schema billing; create table billing.invoices (id bigint primary key);',
      bad: 'drop schema billing cascade;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      const what =
        change.kind === 'drop-database'
          ? `database ${quote(change.name)}`
          : change.kind === 'drop-schema' &&
              change.cascade &&
              (existed(step.before.schemas.get(change.schema)) || loses(step, change))
            ? `schema ${quote(change.schema)}`
            : null;
      if (what === null) continue;
      yield {
        message: `Dropping the ${what} deletes every table in it.${alsoOutside(step, change)}`,
        remedy: {
          text: 'Drop the tables one by one after the last code that uses them, then drop the empty schema without CASCADE.',
          steps: [],
        },
        evidence: [change, ...step.costs.filter(cost => cost.cause === change)],
      };
    }
  },
});

/** What CASCADE drops in other schemas. */
function alsoOutside(step: Step, change: Change): string {
  if (change.kind !== 'drop-schema') return '';
  const outside = lostWith(step, namedBy(step)).filter(({ schema }) => schema !== change.schema);
  return outside.length === 0 ? '' : ` CASCADE also drops ${listed(outside.map(({ name }) => name))}.`;
}

/** Tables that others see are in it. */
const loses = ({ costs }: Step, change: Change): boolean =>
  costs.some(cost => cost.kind === 'lose-data' && cost.cause === change && isVisible(cost.relation));

const existed = (age: Age | undefined): boolean => age !== 'this-pr' && age !== 'this-transaction';
