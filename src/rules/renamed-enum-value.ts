import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'renamed-enum-value',
  summary: 'An enum value or a type is renamed under running code.',
  category: 'compatibility',
  severity: 'warning',
  why: 'Running code that writes or compares with the old name fails at once. A new value, a backfill and a later cleanup break nobody.',
  aliases: ['rename-enum-value'],
  examples: [
    {
      given: "create type state as enum ('new', 'payed');",
      bad: "alter type state rename value 'payed' to 'paid';",
      good: ["alter type state add value 'paid';"],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'rename-enum-value' && change.kind !== 'rename-type') continue;
      const age = step.before.types.get(change.key)?.age;
      if (age === 'this-pr' || age === 'this-transaction') continue;
      yield {
        message:
          change.kind === 'rename-type'
            ? `Renaming the type ${change.key} to ${change.to} breaks code and functions that still name it.`
            : `Renaming '${change.label}' of ${change.key} to '${change.to}' breaks code that still writes or compares with it.`,
        remedy: {
          text: 'Add the new name beside the old one, change the code over, and clean up in a later deploy.',
          steps: [],
        },
        evidence: [change],
      };
    }
  },
});
