import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { nameOf } from './shared/quote.ts';
import { deparse } from '../sql/deparse.ts';
import { as } from '../sql/nodes.ts';
import { migration } from './shared/remedy.ts';

export default defineRule({
  id: 'domain-constraint-scan',
  summary: 'A new constraint on a domain reads every table that uses it while writes wait.',
  category: 'locks',
  severity: 'error',
  why: `
\`ALTER DOMAIN … ADD CONSTRAINT\` and \`SET NOT NULL\` read every row of every table with a column of the domain, and hold a
lock on each that makes writes wait. \`NOT VALID\` leaves the old rows out.`,
  aliases: ['ban-alter-domain-with-add-constraint'],
  examples: [
    {
      given: 'create domain email as text; create table users (id bigint primary key, address email);',
      bad: "alter domain email add constraint has_at check (value like '%@%');",
      good: ["alter domain email add constraint has_at check (value like '%@%') not valid;"],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'add-domain-constraint') continue;
      const found = blockingWork(step, costsOf(step, change));
      if (!found) continue;
      const tables = [...new Set(found.work.map(cost => nameOf(cost.relation)))];
      const node = as(step.statement.node, 'AlterDomainStmt');
      const constraint = as(node?.def, 'Constraint');
      const add =
        node && constraint && !change.notNull
          ? deparse({
              AlterDomainStmt: {
                ...node,
                def: {
                  Constraint: { ...constraint, conname: change.name, skip_validation: true, initially_valid: false },
                },
              },
            })
          : null;
      yield {
        message: `The constraint ${change.name} on the domain ${change.key} reads every row of ${tables.join(', ')} under ${found.under}.${found.doubt}`,
        remedy: {
          text: 'Add the constraint NOT VALID, which holds for new values, and validate it when the tables are quiet: VALIDATE reads them under a lock that makes writes wait.',
          steps: add === null ? [] : [migration('Add it for new values', add)],
        },
        evidence: [change, ...found.evidence],
        ...found.severity,
      };
    }
  },
});
