import { defineRule } from '../model/rule.ts';

export default defineRule({
  id: 'catalog-write',
  summary: 'A system catalog is modified directly.',
  category: 'data-loss',
  severity: 'error',
  why: `
The system catalogs define the schema. Deleting a row of \`pg_class\` removes a table without any checks, locks or
dependency handling, and leaves its files behind. Almost every such change has a supported command.`,
  aliases: ['system-catalog-write'],
  examples: [
    {
      setup: 'create table users (id bigint primary key, email varchar(50));',
      bad: "update pg_attribute set atttypmod = 104 where attrelid = 'users'::regclass and attname = 'email';",
      good: ["set local lock_timeout = '2s'; alter table users alter column email type varchar(100);"],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'write-catalog') continue;
      yield {
        message: `${change.verb.toUpperCase()} modifies the system catalog ${change.name} without any checks; the objects it describes can be lost or corrupted.`,
        remedy: {
          text: 'Use the ALTER or DROP command for the object, which checks and locks what it changes.',
          steps: [],
        },
        evidence: [change],
      };
    }
  },
});
