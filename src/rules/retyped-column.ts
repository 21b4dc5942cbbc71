import type { ChangeOf } from '../model/effect.ts';
import type { Remedy } from '../model/report.ts';
import type { Step } from '../model/step.ts';
import { defineRule } from '../model/rule.ts';
import { alter, expression, typeSql } from './shared/alter.ts';
import { backfill } from './shared/backfill.ts';
import { blockingWork, costsOf } from './shared/blocking-work.ts';
import { columnOf, listed, quoteRelation, quote } from './shared/quote.ts';
import { migration } from './shared/remedy.ts';
import { all, as } from '../sql/nodes.ts';

/** The type and the USING expression as written, from the ALTER TABLE command. */
function written(step: Step, column: string): { type: string | null; using: string | null } {
  const commands = all(as(step.statement.node, 'AlterTableStmt')?.cmds, 'AlterTableCmd');
  const command = commands.find(cmd => cmd.subtype === 'AT_AlterColumnType' && cmd.name === column);
  const def = as(command?.def, 'ColumnDef');
  return { type: typeSql(def?.typeName), using: expression(def?.raw_default) };
}

function remedyFor(step: Step, { relation, column }: ChangeOf<'retype-column'>): Remedy {
  const { type, using } = written(step, column);
  if (type === null)
    return { text: 'Add a column of the new type, backfill it in batches, and switch to it.', steps: [] };
  const old = quote(column);
  const fresh = quote(`${column}_new`);
  const value = using ?? `${old}::${type}`;
  const fill = quote(`${relation.name}_fill_${column}_new`);
  return {
    text: `Keep ${old} and add a column of the new type: a trigger fills it for new rows, batches fill it for existing rows, and the application switches to it before the old column is dropped.`,
    steps: [
      migration(
        'Add the column and keep it in sync with a trigger',
        alter(relation, `ADD COLUMN ${fresh} ${type}`),
        `CREATE FUNCTION ${fill}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.${fresh} := (SELECT ${value} FROM (SELECT NEW.*) AS row); RETURN NEW; END $$`,
        `CREATE TRIGGER ${fill} BEFORE INSERT OR UPDATE ON ${quoteRelation(relation)} FOR EACH ROW EXECUTE FUNCTION ${fill}()`,
      ),
      migration(
        'Backfill existing rows in batches',
        backfill(relation, step.before, `${fresh} = ${value}`, `${fresh} IS NULL AND ${old} IS NOT NULL`),
      ),
      migration(
        'After the application reads and writes the new column',
        `DROP TRIGGER ${fill} ON ${quoteRelation(relation)}`,
        `DROP FUNCTION ${fill}()`,
        alter(relation, `DROP COLUMN ${old}`),
      ),
    ],
  };
}

export default defineRule({
  id: 'retyped-column',
  summary: 'A type change rewrites the table, or rebuilds its indexes, while the table is locked.',
  category: 'locks',
  severity: 'error',
  why: `
Unless the new type is stored and sorted like the old one (a longer \`varchar\`, \`varchar\` to \`text\`, a wider
\`numeric\`), Postgres rewrites every row and every index of the table under an \`ACCESS EXCLUSIVE\` lock. Running
code may also receive values of a type that it does not expect.`,
  aliases: ['changing-column-type', 'alter-column-type', 'changingColumnType'],
  examples: [
    {
      setup: 'create table orders (id bigint primary key, total int);',
      bad: 'alter table orders alter total type bigint;',
      good: ['alter table orders add column total_new bigint;'],
    },
    {
      setup: 'create table users (id bigint primary key, born text);',
      bad: 'alter table users alter column born type date using born::date;',
      good: null,
    },
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== 'retype-column') continue;
      const blocking = blockingWork(step, costsOf(step, change));
      if (!blocking) continue;
      const rewrite = blocking.work.some(cost => cost.kind === 'rewrite');
      const indexes = blocking.work.flatMap(cost => (cost.kind === 'build-index' ? [cost.index] : []));
      const work = rewrite ? 'rewrites' : indexes.length > 0 ? `rebuilds ${listed(indexes.map(quote))} of` : 'scans';
      yield {
        message: `Changing the type of ${columnOf(change.relation, change.column)} ${work} ${quoteRelation(blocking.relation)} under ${blocking.under}.${blocking.uncertainty}`,
        remedy: remedyFor(step, change),
        evidence: [change, ...blocking.evidence],
        ...blocking.severity,
      };
    }
  },
});
