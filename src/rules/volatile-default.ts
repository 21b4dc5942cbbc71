import type { ChangeOf } from '../model/effect.ts';
import type { Remedy } from '../model/report.ts';
import { keyOf } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { all } from '../sql/nodes.ts';
import { addColumn, alter, columnNode, expression } from './shared/alter.ts';
import { backfill } from './shared/backfill.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { columnOf, quoteRelation, quote } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';
import { setNotNull } from './shared/set-not-null.ts';

const PLAIN = new Set(['CONSTR_DEFAULT', 'CONSTR_NOTNULL', 'CONSTR_UNIQUE', 'CONSTR_PRIMARY', 'CONSTR_CHECK']);

function remedyFor(step: Step, { relation, column }: ChangeOf<'add-column'>): Remedy {
  const name = quote(column.name);
  const node = columnNode(step, column.name);
  const value = expression(all(node?.constraints, 'Constraint').find(c => c.contype === 'CONSTR_DEFAULT')?.raw_expr);
  const add = addColumn(step, column.name, type => !PLAIN.has(type ?? ''));
  const text =
    'Add the column without its default, set the default for new rows (no scan), and backfill existing rows in batches.';
  if (value === null || add === null) return { text, steps: [] };
  return {
    text,
    steps: [
      migration(
        'Add the column with the default for new rows',
        add,
        alter(relation, `ALTER COLUMN ${name} SET DEFAULT ${value}`),
      ),
      migration(
        'Backfill existing rows in batches',
        backfill(relation, step.before, `${name} = ${value}`, `${name} IS NULL`),
      ),
      ...(column.notNull ? setNotNull(relation, column.name) : []),
    ],
  };
}

/** A column of a constrained domain is its own rule's. */
const isDomain = (step: Step, change: ChangeOf<'add-column'>): boolean =>
  step.before.types.get(keyOf(change.column.type))?.kind === 'domain';

export default defineRule({
  id: 'volatile-default',
  summary: 'Adding a column with a volatile default rewrites the table.',
  category: 'locks',
  severity: 'error',
  why: `
A constant default, or one like \`now()\`, is stored once for all existing rows (Postgres 11 and later). A volatile
default (\`gen_random_uuid()\`, \`random()\`, \`clock_timestamp()\`, \`nextval()\`) differs per row, so every row and
every index is rewritten under an \`ACCESS EXCLUSIVE\` lock.`,
  aliases: ['adding-field-with-default', 'add-column-non-constant-default', 'addingFieldWithDefault'],
  examples: [
    {
      setup: 'create table users (id bigint primary key);',
      bad: 'alter table users add column token uuid not null default gen_random_uuid();',
      good: [
        'alter table users add column token uuid; alter table users alter token set default gen_random_uuid();',
        'update users set token = gen_random_uuid() where id in (select id from users where token is null limit 1000);',
      ],
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'add-column' || change.column.serial || change.column.identity) continue;
      if (change.column.generated !== null || isDomain(step, change)) continue;
      const { default: value } = change.column;
      if (value?.volatility !== 'volatile' && value?.volatility !== 'unknown') continue;
      const blocking = blockingWork(step, costsOf(step, change));
      if (!blocking) continue;
      yield {
        message: `The default of ${columnOf(change.relation, change.column.name)} differs per row, which rewrites ${quoteRelation(blocking.relation)} under ${blocking.under}.${blocking.uncertainty}`,
        remedy: remedyFor(step, change),
        evidence: [change, ...blocking.evidence],
        ...blocking.severity,
      };
    }
  },
});
