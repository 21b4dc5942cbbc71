import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { alter } from './shared/alter.ts';
import { costsOf } from './shared/blocking-work.ts';
import { nameOf, quote, quoteRelation } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';

export default defineRule({
  id: 'renamed-table',
  summary: 'A table or view is renamed, or moved to another schema, under running code.',
  category: 'compatibility',
  severity: 'error',
  why: `
During a deploy the old and the new version of the application run side by side, and one of them names a table that does
not exist. A view under the old name, made in the same transaction as the rename, keeps the old version working: a simple
view can be written to.`,
  aliases: ['renaming-table', 'rename-table', 'renamingTable', 'set-schema'],
  examples: [
    { given: 'create table users (id bigint primary key);', bad: 'alter table users rename to accounts;', good: null },
  ],
  *check(step) {
    for (const change of step.changes) {
      if ((change.kind !== 'rename-relation' && change.kind !== 'move-relation') || !isVisible(change.relation))
        continue;
      const { relation } = change;
      if (relation.kind === 'sequence' || relation.kind === 'index') continue;
      const to =
        change.kind === 'rename-relation'
          ? { schema: relation.schema, name: change.to }
          : { schema: change.schema_to, name: relation.name };
      const clause =
        change.kind === 'rename-relation' ? `RENAME TO ${quote(change.to)}` : `SET SCHEMA ${quote(change.schema_to)}`;
      const table = relation.kind === 'table' || relation.kind === 'partitioned-table';
      yield {
        message: `Renaming ${nameOf(relation)} to ${nameOf(to)} breaks code that still uses the old name, the version that runs during the deploy included.`,
        remedy: {
          text: 'Leave a view under the old name, made in the same transaction, until the last code that uses it is gone; then allow this rule here, with that as the reason.',
          steps: table
            ? [
                migration(
                  'Rename, and keep the old name as a view (one transaction)',
                  alter(relation, clause),
                  `CREATE VIEW ${quoteRelation(relation)} AS SELECT * FROM ${quoteRelation(to)}`,
                ),
                migration(
                  'One deploy after the last code that uses the old name',
                  `DROP VIEW ${quoteRelation(relation)}`,
                ),
              ]
            : [],
        },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
