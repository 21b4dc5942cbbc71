import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'catalog-write',
  summary: 'Rows of a system catalog are changed by hand.',
  category: 'data-loss',
  severity: 'error',
  why: `
The system catalogs are the schema: a row of \`pg_class\` that is deleted is a table that is gone, with no check, no lock and
no dependency looked at, and its files stay behind. What the server keeps in memory of them is not told either. There is
a command for nearly all of it.`,
  aliases: ['system-catalog-write'],
  examples: [
    {
      given: 'create table users (id bigint primary key, email varchar(50));',
      bad: "update pg_attribute set atttypmod = 104 where attrelid = 'users'::regclass and attname = 'email';",
      good: ["set local lock_timeout = '2s'; alter table users alter column email type varchar(100);"],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'write-catalog') continue;
      yield {
        message: `The ${change.verb} changes the system catalog ${change.name} past all checks: what it describes can be lost or corrupted.`,
        remedy: { text: 'Use the command for it, ALTER or DROP, which checks and locks what it changes.', steps: [] },
        evidence: [change],
      };
    }
  },
});
