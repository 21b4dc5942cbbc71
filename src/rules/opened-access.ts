import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'opened-access',
  summary: 'Privileges are granted to every role, or privileges that bypass access checks.',
  category: 'data',
  severity: 'warning',
  why: `
\`PUBLIC\` is every role of the server, including roles created later. Write privileges for it, \`CREATE\` on a schema
in search paths, \`SUPERUSER\`, \`BYPASSRLS\` and the predefined roles for files and programs allow far more than one
application needs.`,
  aliases: ['grant-to-public', 'grant-all-to-public'],
  examples: [
    {
      setup: 'create table users (id bigint primary key);',
      bad: 'grant all on users to public;',
      good: ['grant select on users to app;'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'change-access' || change.takes) continue;
      yield {
        message: `The statement grants more than a role needs: ${change.what}.`,
        remedy: { text: 'Grant only the privileges that are needed, to the roles that need them.', steps: [] },
        evidence: [change],
      };
    }
  },
});
