import { defineRule } from '../model/rule.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { keyName, listed, quoteRelation, quote } from './shared/quote.ts';
import { deparse } from '../sql/deparse.ts';
import { as } from '../sql/nodes.ts';
import { migration } from './shared/remedy.ts';

export default defineRule({
  id: 'domain-constraint-scan',
  summary: 'A new domain constraint scans every table that uses the domain and blocks writes.',
  category: 'locks',
  severity: 'error',
  why: `
\`ALTER DOMAIN … ADD CONSTRAINT\` and \`SET NOT NULL\` scan every table with a column of the domain, and hold a lock
on each that blocks writes. \`NOT VALID\` skips existing rows.`,
  aliases: ['ban-alter-domain-with-add-constraint'],
  examples: [
    {
      setup: 'create domain email as text; create table users (id bigint primary key, address email);',
      bad: "alter domain email add constraint has_at check (value like '%@%');",
      good: ["alter domain email add constraint has_at check (value like '%@%') not valid;"],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'add-domain-constraint') continue;
      const blocking = blockingWork(step, costsOf(step, change));
      if (!blocking) continue;
      const tables = listed(blocking.work.map(cost => quoteRelation(cost.relation)));
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
        message: `${change.notNull ? 'NOT NULL' : `Adding the constraint ${quote(change.name)}`} on the domain ${keyName(change.key)} scans ${tables} under ${blocking.under}.${blocking.uncertainty}`,
        remedy: {
          text: 'Add the constraint as NOT VALID, which applies to new values, and validate it when the tables have little traffic: VALIDATE scans them under a lock that blocks writes.',
          steps: add === null ? [] : [migration('Add it for new values', add)],
        },
        evidence: [change, ...blocking.evidence],
        ...blocking.severity,
      };
    }
  },
});
