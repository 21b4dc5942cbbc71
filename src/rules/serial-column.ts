import { bare } from '../model/bare.ts';
import type { ChangeOf } from '../model/effect.ts';
import type { Remedy } from '../model/report.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { alter } from './shared/alter.ts';
import { backfill } from './shared/backfill.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { columnOf, quoteRelation, quote } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';
import { setNotNull } from './shared/set-not-null.ts';

const TYPES: Readonly<Record<string, string>> = bare({ int2: 'smallint', int4: 'integer', int8: 'bigint' });

function remedyFor(step: Step, { relation, column }: ChangeOf<'add-column'>): Remedy {
  const name = quote(column.name);
  const sequence = quoteRelation({ schema: relation.schema, name: `${relation.name}_${column.name}_seq` });
  const next = `nextval('${sequence.replaceAll("'", "''")}')`;
  return {
    text: 'Add a plain column with its own sequence, number new rows with a default, number existing rows in batches, and set NOT NULL last.',
    steps: [
      migration(
        'Add the column and number new rows',
        alter(relation, `ADD COLUMN ${name} ${TYPES[column.type.name] ?? 'bigint'}`),
        `CREATE SEQUENCE ${sequence} OWNED BY ${quoteRelation(relation)}.${name}`,
        alter(relation, `ALTER COLUMN ${name} SET DEFAULT ${next}`),
      ),
      migration(
        'Number existing rows in batches',
        backfill(relation, step.before, `${name} = ${next}`, `${name} IS NULL`),
      ),
      ...setNotNull(relation, column.name),
    ],
  };
}

export default defineRule({
  id: 'serial-column',
  summary: 'Adding a serial or identity column rewrites the table.',
  category: 'locks',
  severity: 'error',
  why: `
\`serial\`, \`bigserial\` and \`GENERATED … AS IDENTITY\` number the existing rows when the column is added: every row
and every index is rewritten under an \`ACCESS EXCLUSIVE\` lock.`,
  aliases: ['adding-serial-primary-key-field', 'add-column-serial', 'addSerialColumn'],
  examples: [
    {
      setup: 'create table orders (id uuid primary key);',
      bad: 'alter table orders add column number bigserial;',
      good: ['alter table orders add column number bigint;'],
    },
    {
      setup: 'create table orders (id uuid primary key);',
      bad: 'alter table orders add column number bigint generated always as identity;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'add-column' || !(change.column.serial || change.column.identity)) continue;
      const blocking = blockingWork(step, costsOf(step, change));
      if (!blocking) continue;
      yield {
        message: `Generating values for ${columnOf(change.relation, change.column.name)} rewrites ${quoteRelation(blocking.relation)} under ${blocking.under}.${blocking.uncertainty}`,
        remedy: remedyFor(step, change),
        evidence: [change, ...blocking.evidence],
        ...blocking.severity,
      };
    }
  },
});
