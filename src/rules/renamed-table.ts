import { isVisible } from '../model/effect.ts';
import { defineRule } from '../model/rule.ts';
import { alter } from './shared/alter.ts';
import { costsOf } from './shared/blocking-work.ts';
import { quoteRelation, quote } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';
import { replacedRelation } from './shared/replacement.ts';

export default defineRule({
  id: 'renamed-table',
  summary: 'A table or view is renamed or moved to another schema: queries that use the old name fail.',
  category: 'compatibility',
  severity: 'error',
  why: `
During a deploy the old and the new version of the application run side by side, and one of them uses a table that
does not exist. A view under the old name, created in the same transaction as the rename, keeps the old version
working: a simple view is writable. A rename that puts another table with the same columns under the old name in the
same transaction is not reported.`,
  aliases: ['renaming-table', 'rename-table', 'renamingTable', 'set-schema'],
  examples: [
    { setup: 'create table users (id bigint primary key);', bad: 'alter table users rename to accounts;', good: null },
    {
      setup: 'create table users (id bigint primary key); create table users_new (id bigint primary key);',
      bad: 'alter table users rename to users_old;',
      good: ['alter table users rename to users_old; alter table users_new rename to users;'],
    },
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
      const replacement = replacedRelation(step, relation, { ...relation, ...to });
      if (replacement === 'same') continue;
      const table = relation.kind === 'table' || relation.kind === 'partitioned-table';
      const breaks = 'breaks queries that still use the old name, including the version running during the deploy.';
      yield {
        message: `Renaming ${quoteRelation(relation)} to ${quoteRelation(to)} ${replacement === 'none' ? breaks : `can break queries that use the old name. ${replacement.differs}`}`,
        ...(replacement === 'none' ? {} : { severity: 'warning' as const }),
        remedy: {
          text: 'Create a view under the old name in the same transaction, and keep it until no code uses it.',
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
