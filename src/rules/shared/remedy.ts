import type { RemedyStep } from '../../model/report.ts';
import type { Step } from '../../model/step.ts';

const end = (sql: string): string => (/[;]\s*$/.test(sql) ? sql : `${sql};`);
const join = (sql: readonly (string | null)[]): string =>
  sql
    .filter(part => part !== null)
    .map(end)
    .join('\n');

/** A migration of its own. */
export const migration = (title: string, ...sql: readonly (string | null)[]): RemedyStep => ({
  title,
  sql: join(sql),
});

/** Where a statement has a transaction of its own: some tools run all pending files in one, so that another file is not enough. */
export const later = ({ migration: { transaction } }: Step): string =>
  transaction === 'all-files' ? 'a migration of a later deploy' : 'a later migration';

/** A migration that must run outside a transaction, with the tool's own marker where it has one. */
export function outside(step: Step, title: string, ...sql: readonly (string | null)[]): RemedyStep {
  const marker = step.transaction.block ? step.migration.noTransaction?.marker : undefined;
  const text = join(sql);
  return { title: `${title}, outside a transaction`, sql: marker === undefined ? text : `${marker}\n${text}` };
}

/** For a statement that cannot run in a transaction. */
export const runOutside = (step: Step): string =>
  step.migration.noTransaction?.oneStatement === true
    ? `Run it outside a transaction.${howOutside(step)}`
    : `Run it outside a transaction, in a separate migration.${howOutside(step)}`;

/** How this tool runs a file outside a transaction; empty when it does so already. */
export function howOutside(step: Step): string {
  if (!step.transaction.block) return '';
  const { noTransaction, framework } = step.migration;
  if (step.transaction.explicit) return ' Remove the BEGIN and COMMIT around it.';
  if (noTransaction === null)
    return ` ${framework} runs every migration in a transaction: run this statement manually with psql before the deploy, and keep a guarded version (IF NOT EXISTS or IF EXISTS) in the migration.`;
  return ` ${noTransaction.how}${noTransaction.oneStatement && !OWN_FILE.test(noTransaction.how) ? ' Put this statement in its own file.' : ''}`;
}

/** The tool's own words say so. */
const OWN_FILE = / of its own\b/;
