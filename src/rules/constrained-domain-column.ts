import { keyOf } from '../model/schema.ts';
import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { columnOf, quoteRelation, quote } from './shared/quote.ts';
import { later } from './shared/remedy.ts';

export default defineRule({
  id: 'constrained-domain-column',
  summary: 'Adding a column of a domain with constraints rewrites the table.',
  category: 'locks',
  severity: 'error',
  why: `
Adding a column whose domain has a \`CHECK\` or \`NOT NULL\` constraint checks every row, even if every value is null:
the whole table is rewritten under an \`ACCESS EXCLUSIVE\` lock. A column of the base type and a \`NOT VALID\` check
on the table can be added without a rewrite.`,
  examples: [
    {
      setup: "create domain email as text check (value like '%@%'); create table users (id bigint primary key);",
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
      const blocking = blockingWork(step, costsOf(step, change));
      if (!blocking?.work.some(cost => cost.kind === 'rewrite')) continue;
      const type = quoteRelation(change.column.type);
      yield {
        message: `Checking the domain ${type} for ${columnOf(change.relation, change.column.name)} rewrites ${quoteRelation(blocking.relation)} under ${blocking.under}.${blocking.uncertainty}`,
        remedy: {
          text: `Add ${quote(change.column.name)} with the base type of ${type}, add the check to the table as NOT VALID, and validate it in ${later(step)}.`,
          steps: [],
        },
        evidence: [change, ...blocking.evidence],
        ...blocking.severity,
      };
    }
  },
});
