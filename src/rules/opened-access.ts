import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'opened-access',
  summary: 'Every role, or one past all checks, gets rights.',
  category: 'data',
  severity: 'warning',
  why: `
\`PUBLIC\` is every role of the server, those included that are made later. Write rights for it, \`CREATE\` on a schema that
stands in search paths, \`SUPERUSER\`, \`BYPASSRLS\` and the predefined roles for files and programs open far more than one
application needs.`,
  aliases: ['grant-to-public', 'grant-all-to-public'],
  examples: [
    {
      given: 'create table users (id bigint primary key);',
      bad: 'grant all on users to public;',
      good: ['grant select on users to app;'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'change-access' || change.takes) continue;
      yield {
        message: `The statement opens more than a role needs: ${change.what}.`,
        remedy: { text: 'Grant the rights that are needed to the roles that need them.', steps: [] },
        evidence: [change],
      };
    }
  },
});
