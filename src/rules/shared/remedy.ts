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

/**
 * What must run outside a transaction: a migration with the tool's own marker where it has one. A tool that runs every
 * migration in a transaction gets the statement for psql, and the one that the migration keeps, suppressed.
 */
export function outside(step: Step, title: string, ...sql: readonly (string | null)[]): RemedyStep[] {
  const text = join(sql);
  if (step.transaction.block && !step.transaction.explicit && step.migration.noTransaction === null) {
    const kept = sql.flatMap(part => (part === null ? [] : (guarded(part) ?? [])));
    return [
      { title: `${title} with psql, before the deploy`, sql: text },
      ...(kept.length === 0
        ? []
        : [migration('Keep in the migration, where it then changes nothing', kept.join('\n'))]),
    ];
  }
  const marker = step.transaction.block ? step.migration.noTransaction?.marker : undefined;
  return [{ title: `${title}, outside a transaction`, sql: marker === undefined ? text : `${marker}\n${text}` }];
}

const BUILD = /^(create\s+(?:unique\s+)?index)\s+concurrently\s+(?:if\s+not\s+exists\s+)?(?!on\s)/i;
const DROP = /^drop\s+index\s+concurrently\s+(?:if\s+exists\s+)?/i;

/** The statement as a migration may hold it once it has been run: other databases still need it. Null for one that cannot be guarded. */
function guarded(sql: string): string | null {
  if (BUILD.test(sql))
    return `${allow('blocking-index-build', 'built concurrently before the deploy')}\n${sql.replace(BUILD, '$1 IF NOT EXISTS ')}`;
  return DROP.test(sql)
    ? `${allow('blocking-index-drop', 'dropped concurrently before the deploy')}\n${sql.replace(DROP, 'DROP INDEX IF EXISTS ')}`
    : null;
}

/** The suppression comment of a finding, ready to paste. */
const allow = (rule: string, reason: string): string => `-- migration-gate: allow ${rule}: ${reason}`;

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
  return ` ${noTransaction.instruction}${noTransaction.oneStatement && !OWN_FILE.test(noTransaction.instruction) ? ' Put this statement in its own file.' : ''}`;
}

/** The tool's own words say so. */
const OWN_FILE = / of its own\b/;
