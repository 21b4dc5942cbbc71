import { schemaDiff } from '../../diff/schema-diff.ts';
import { predictRollback } from './predict.ts';
import type { AnalyzedMigration } from '../../model/analyzed-migration.ts';
import type { BlindSpot } from '../../model/report.ts';
import { onLine, type History, type Migration } from '../../model/source.ts';
import type { RawFinding } from '../../findings/raw-finding.ts';
import { declarations, hasSql, isIrreversible } from '../../sql/declarations.ts';
import { rollbackSection } from '../../sql/rollback-section.ts';

/**
 * What is wrong with the rollback of a history's checked migrations, as far as no database is needed to see it; `required`: each
 * that changes the schema must have one.
 */
export async function checkRollbacks(
  { migrations }: History,
  analyzed: readonly AnalyzedMigration[],
  { required, pg }: { required: boolean; pg: number },
): Promise<RawFinding[]> {
  const ids = new Set(analyzed.map(({ migration }) => migration.id));
  const rawFindings = migrations.filter(({ id }) => ids.has(id)).flatMap(faultsOf);
  const declared = new Set(migrations.filter(isIrreversible).map(({ id }) => id));
  const downs = migrations.filter(one => one.direction === 'down' && hasSql(one));
  const answers = new Map(downs.map(down => [down.id, down]));
  // The down migration of an edited migration undoes more than the edit.
  for (const one of analyzed.filter(({ migration }) => !migration.edited && !declared.has(migration.id))) {
    const down = answers.get(one.migration.id);
    if (down) rawFindings.push(...(await predictRollback(down, one, pg)));
    else if (required) rawFindings.push(...missing(one));
  }
  return rawFindings;
}

/** A database that has tried a down migration alone counts; what it could not try is what its blind spots name. */
export function untestedRollbacks(
  rawFindings: readonly RawFinding[],
  analyzed: readonly AnalyzedMigration[],
  blindSpots: readonly BlindSpot[],
): RawFinding[] {
  const untried = new Set(blindSpots.flatMap(({ kind, span }) => (kind === 'unproven' && span ? [span.file] : [])));
  const ups = analyzed.filter(({ migration }) => untried.has(migration.file));
  const ids = new Set(ups.map(({ migration }) => migration.id));
  return rawFindings.filter(
    ({ rule, span, migration }) => !PREDICTED.has(rule) || untried.has(span.file) || ids.has(migration),
  );
}

const PREDICTED: ReadonlySet<RawFinding['rule']> = new Set(['failing-rollback', 'incomplete-rollback']);

/** A program may hold a down migration that is not read. */
function missing({ migration, before, after }: AnalyzedMigration): RawFinding[] {
  const { id, file, unread, printed } = migration;
  if (unread.length > 0 || printed || schemaDiff('', before, after) === null) return [];
  const message = `${id} changes the schema but has no down migration.`;
  return [{ rule: 'missing-rollback', message, span: onLine(file), migration: id }];
}

function faultsOf(migration: Migration): RawFinding[] {
  const { id, file, direction, sql } = migration;
  const unreasoned = declarations(migration)
    .filter(({ what, reason }) => what === 'irreversible' && reason === '')
    .map(({ span }): RawFinding => {
      const message =
        'The migration is declared irreversible without a reason, so the declaration has no effect. Write the reason after a colon.';
      return { rule: 'irreversible-without-reason', message, span, migration: id };
    });
  const section = direction === 'up' ? rollbackSection(sql) : null;
  if (section?.runs !== true) return unreasoned;
  const message = 'The SQL after `-- rollback:` is not commented out: the tool runs it as part of the migration.';
  const span = onLine(file, section.line);
  return [...unreasoned, { rule: 'rollback-section-runs', message, span, migration: id }];
}
