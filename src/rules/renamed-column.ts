import { bare } from '../model/bare.ts';
import { keyOf } from '../model/schema.ts';
import { defineRule } from '../model/rule.ts';
import { alter } from './shared/alter.ts';
import { backfill } from './shared/backfill.ts';
import { costsOf } from './shared/blocking-work.ts';
import { columnOf, quote } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';
import { replacedColumn } from './shared/replacement.ts';
import { seenOf } from './shared/whole-rows.ts';

const SHORT: Readonly<Record<string, string>> = bare({
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
});

export default defineRule({
  id: 'renamed-column',
  summary: 'A column is renamed: queries that use the old name fail.',
  category: 'compatibility',
  severity: 'error',
  why: 'During a deploy the old and the new version of the application run side by side, and one of them uses a column that does not exist. A second column that both versions can use breaks neither.',
  aliases: ['renaming-column', 'rename-column', 'renamingColumn'],
  examples: [
    {
      setup: 'create table users (id bigint primary key, mail text);',
      bad: 'alter table users rename column mail to email;',
      good: ['alter table users add column email text;'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      const relation = change.kind === 'rename-column' && seenOf(change.relation, step.before);
      if (!relation) continue;
      const { column, to } = change;
      const renamed = step.before.relations.get(keyOf(relation))?.columns.find(candidate => candidate.name === column);
      const replacement = renamed?.age ? 'same' : replacedColumn(step, relation, column, to);
      if (replacement === 'same') continue;
      const type = renamed?.type;
      const mods = type && type.mods.length > 0 && type.name === 'varchar' ? `(${type.mods.join(', ')})` : '';
      const bare =
        type &&
        (type.schema === 'pg_catalog' ? (SHORT[type.name] ?? type.name) : `${quote(type.schema)}.${quote(type.name)}`);
      const breaks = 'breaks queries that still use the old name, including the version running during the deploy.';
      yield {
        message: `Renaming ${columnOf(relation, column)} to ${quote(to)} ${replacement === 'none' ? breaks : `can break queries that use the old name. ${replacement.differs}`}`,
        ...(replacement === 'none' ? {} : { severity: 'warning' as const }),
        remedy: {
          text: `Add ${quote(to)} next to ${quote(column)}, let the application write both and read the new one, and drop the old one in a later deploy.`,
          steps: bare
            ? [
                migration(
                  'Add the column, then deploy code that writes both',
                  alter(relation, `ADD COLUMN ${quote(to)} ${bare}${mods}${type.array ? '[]' : ''}`),
                ),
                migration(
                  'Backfill existing rows in batches, then deploy code that reads the new column',
                  backfill(
                    relation,
                    step.before,
                    `${quote(to)} = ${quote(column)}`,
                    `${quote(to)} IS NULL AND ${quote(column)} IS NOT NULL`,
                  ),
                ),
                migration(
                  'One deploy after the last code that uses the old column',
                  alter(relation, `DROP COLUMN ${quote(column)}`),
                ),
              ]
            : [],
        },
        evidence: [change, ...costsOf(step, change)],
      };
    }
  },
});
