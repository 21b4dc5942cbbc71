import type { ChangeOf } from '../model/effect.ts';
import { keyOf } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { quote } from './shared/quote.ts';
import { endsOf } from './shared/transaction-ends.ts';

/** Another schema with all its relations has the name once the transaction has committed, or this one takes such a name back. */
function isReplaced({ before, whole }: Step, { schema, to }: ChangeOf<'rename-schema'>): boolean {
  if (endsOf(whole).before.schemas.get(to) === 'existing') return true;
  const own = before.relations.values().filter(table => table.schema === schema);
  return own.length > 0 && own.every(({ name }) => endsOf(whole).after.relations.has(keyOf({ schema, name })));
}

export default defineRule({
  id: 'renamed-schema',
  summary: 'A schema is renamed: code that uses the old name fails.',
  category: 'compatibility',
  severity: 'error',
  why: `
Code that uses the schema name, or finds its tables through \`search_path\`, fails on every query after the commit:
the version running during the deploy, functions with the name in their body, and other services that use the
database.`,
  aliases: ['rename-schema', 'ban-rename-schema'],
  examples: [
    {
      setup: 'create schema billing; create table billing.invoices (id bigint primary key);',
      bad: 'alter schema billing rename to accounting;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'rename-schema') continue;
      const age = step.before.schemas.get(change.schema);
      if (age === 'this-pr' || age === 'this-transaction') continue;
      if (isReplaced(step, change)) continue;
      yield {
        message: `Renaming the schema ${quote(change.schema)} to ${quote(change.to)} breaks all code that uses its tables, types or functions by the old name.`,
        remedy: {
          text: `Create the schema ${quote(change.to)} next to it with views on the tables, migrate the code, and drop the old schema once it is unused.`,
          steps: [],
        },
        evidence: [change],
      };
    }
  },
});
