import { bare } from '../model/bare.ts';
import { keyOf } from '../model/schema.ts';
import { defineRule } from '../model/rule.ts';
import { alter } from './shared/alter.ts';
import { backfill } from './shared/backfill.ts';
import { costsOf } from './shared/blocking-work.ts';
import { nameOf, quote } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';
import { seenOf } from './shared/whole-rows.ts';

const SHORT: Readonly<Record<string, string>> = bare({
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
});

export default defineRule({
  id: 'renamed-column',
  summary: 'A column is renamed under running code.',
  category: 'compatibility',
  severity: 'error',
  why: `
During a deploy the old and the new version of the application run side by side, and one of them names a column that does
not exist. A second column that both versions can live with breaks neither.`,
  aliases: ['renaming-column', 'rename-column', 'renamingColumn'],
  examples: [
    {
      given: 'create table users (id bigint primary key, mail text);',
      bad: 'alter table users rename column mail to email;',
      good: ['alter table users add column email text;'],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      const relation = change.kind === 'rename-column' && seenOf(change.relation, step.before);
      if (!relation) continue;
      const { column, to } = change;
      const type = step.before.relations.get(keyOf(relation))?.columns.find(known => known.name === column)?.type;
      const mods = type && type.mods.length > 0 && type.name === 'varchar' ? `(${type.mods.join(', ')})` : '';
      const bare =
        type &&
        (type.schema === 'pg_catalog' ? (SHORT[type.name] ?? type.name) : `${quote(type.schema)}.${quote(type.name)}`);
      yield {
        message: `Renaming ${column} to ${to} breaks code that still names ${nameOf(relation)}.${column}, the version that runs during the deploy included.`,
        remedy: {
          text: `Add ${to} beside ${column}, let the application write both and read the new one, and drop the old one in a later deploy.`,
          steps: bare
            ? [
                migration(
                  'Add the column; then deploy code that writes both',
                  alter(relation, `ADD COLUMN ${quote(to)} ${bare}${mods}${type.array ? '[]' : ''}`),
                ),
                migration(
                  'Fill the old rows, in batches; then deploy code that reads the new one',
                  backfill(
                    relation,
                    step.before,
                    `${quote(to)} = ${quote(column)}`,
                    `${quote(to)} IS NULL AND ${quote(column)} IS NOT NULL`,
                  ),
                ),
                migration(
                  'One deploy after the last code that names the old one',
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
