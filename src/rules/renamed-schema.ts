import { defineRule } from '../model/rule.ts';
import { quote } from './shared/quote.ts';

export default defineRule({
  id: 'renamed-schema',
  summary: 'A schema is renamed under running code: every name in it changes.',
  category: 'compatibility',
  severity: 'error',
  why: `
Code that names the schema, or finds its tables through \`search_path\`, fails on every query from the commit on: the version
that runs during the deploy, functions with the name in their body, and other services of the database.`,
  aliases: ['rename-schema', 'ban-rename-schema'],
  examples: [
    {
      given: 'create schema billing; create table billing.invoices (id bigint primary key);',
      bad: 'alter schema billing rename to accounting;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'rename-schema') continue;
      const age = step.before.schemas.get(change.schema);
      if (age === 'this-pr' || age === 'this-transaction') continue;
      yield {
        message: `Renaming the schema ${change.schema} to ${change.to} breaks all code that uses a table, type or function of it by the old name.`,
        remedy: {
          text: `Make the schema ${quote(change.to)} beside it, with views on the tables, move the code there, and drop the old one when nobody uses it.`,
          steps: [],
        },
        evidence: [change],
      };
    }
  },
});
