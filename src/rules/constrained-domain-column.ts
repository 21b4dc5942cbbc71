import { keyOf } from '../model/schema.ts';
import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { nameOf } from './shared/quote.ts';

export default defineRule({
  id: 'constrained-domain-column',
  summary: 'A new column of a domain with constraints rewrites the table.',
  category: 'locks',
  severity: 'error',
  why: `
A column of a domain that carries a \`CHECK\` or \`NOT NULL\` is checked row by row as it is added, even when every value is
null: the whole table is written anew under \`ACCESS EXCLUSIVE\`. The base type with a \`NOT VALID\` check on the table is
added in a moment.`,
  examples: [
    {
      given: "create domain email as text check (value like '%@%'); create table users (id bigint primary key);",
      bad: 'alter table users add column address email;',
      good: [
        "alter table users add column address text; alter table users add constraint address_email check (address like '%@%') not valid;",
        'alter table users validate constraint address_email;',
      ],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'add-column' || change.column.serial || change.column.identity || change.column.generated)
        continue;
      const domain = step.before.types.get(keyOf(change.column.type));
      if (domain?.kind !== 'domain') continue;
      const found = blockingWork(step, costsOf(step, change));
      if (!found?.work.some(cost => cost.kind === 'rewrite')) continue;
      yield {
        message: `The constraints of the domain ${domain.name} are checked for ${change.column.name} by rewriting every row of ${nameOf(found.relation)} under ${found.under}.${found.doubt}`,
        remedy: {
          text: `Add ${change.column.name} with the base type of ${domain.name}, put the check on the table as NOT VALID, and validate it in a later migration.`,
          steps: [],
        },
        evidence: [change, ...found.evidence],
        ...found.severity,
      };
    }
  },
});
