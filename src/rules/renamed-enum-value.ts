import { defineRule } from '../model/rule.ts';
import { keyName, quote } from './shared/quote.ts';
import { isTypeReplaced } from './shared/replacement.ts';
import { keyOf } from '../model/schema.ts';

export default defineRule({
  id: 'renamed-enum-value',
  summary: 'An enum value or a type is renamed: code that uses the old name fails.',
  category: 'compatibility',
  severity: 'warning',
  why: 'Code that writes or compares with the old name fails immediately. Adding a new value, backfilling it and cleaning up later breaks nothing.',
  aliases: ['rename-enum-value'],
  examples: [
    {
      setup: "create type state as enum ('new', 'payed');",
      bad: "alter type state rename value 'payed' to 'paid';",
      good: ["alter type state add value 'paid';"],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'rename-enum-value' && change.kind !== 'rename-type') continue;
      const age = step.before.types.get(change.key)?.age;
      if (age === 'this-pr' || age === 'this-transaction') continue;
      const schema = change.key.slice(0, change.key.indexOf('.'));
      if (change.kind === 'rename-type' && isTypeReplaced(step, change.key, keyOf({ schema, name: change.to })))
        continue;
      yield {
        message:
          change.kind === 'rename-type'
            ? `Renaming the type ${keyName(change.key)} to ${quote(change.to)} breaks code and functions that still use the old name.`
            : `Renaming '${change.label}' of ${keyName(change.key)} to '${change.to}' breaks code that still writes or compares with the old value.`,
        remedy: {
          text: 'Add the new name next to the old one, migrate the code, and clean up in a later deploy.',
          steps: [],
        },
        evidence: [change],
      };
    }
  },
});
