import { same, type Cost } from '../model/effect.ts';
import { fewerRows } from '../rehearse/integrity/rows.ts';
import { onLine, type Migration } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import type { OnRows } from './with-rows.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import type { Verification } from './result.ts';
import { listed } from '../findings/wording.ts';

/** Findings, where tables that held rows hold fewer after the migration and nothing that was predicted takes them away. */
export function lossOf(
  { migration, steps }: { readonly migration: Migration; readonly steps: readonly Step[] },
  { before, after }: Pick<OnRows, 'before' | 'after'>,
  { traced, rawFindings }: Pick<Verification, 'traced' | 'rawFindings'>,
): RawFinding[] {
  if (after === null) return [];
  const reported = rawFindings.filter(({ rule, span }) => rule === 'lost-rows' && span.file === migration.file);
  const predictedTables = new Set(
    reported.flatMap(({ evidence = [] }) => evidence.map(cost => ('basis' in cost ? nameOf(cost) : ''))),
  );
  const losses = fewerRows(before.rows, after.rows).filter(
    ({ table }) =>
      !predictedTables.has(table) &&
      !steps.some(({ costs }) => costs.some(cost => nameOf(cost) === table && takesRows(cost))),
  );
  if (losses.length === 0) return [];
  const names = new Set(losses.map(({ table }) => table));
  const culprit =
    steps.find(({ statement }) => (traced.get(statement)?.unpredicted ?? []).some(cost => names.has(nameOf(cost)))) ??
    steps.find(({ changes }) => changes.some(({ kind }) => kind === 'opaque' || kind === 'fire-triggers')) ??
    steps.find(({ changes }) => changes.some(({ kind }) => kind === 'change-rows' || kind === 'read-rows'));
  const what = losses.map(({ table, was, is }) => `${table.replace(/^public\./, '')} ${change(was, is)}`);
  return [
    {
      rule: 'lost-rows',
      message: `Measured on tables with rows but not predicted: ${listed(what)}.`,
      span: culprit?.statement.span ?? onLine(migration.file, steps[0]?.statement.span.line),
      migration: migration.id,
    },
  ];
}

const change = (was: string, is: string | null): string =>
  is === null ? `and its ${was} rows are gone` : `had ${was} rows and now has ${is}`;

/** As `format('%I.%I')` writes it. */
function nameOf({ relation }: Cost): string {
  if (!relation) return '';
  const quoted = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
  return `${quoted(relation.schema)}.${quoted(relation.name)}`;
}

/** Said by the statement itself: the rows of the table, or those that refer to it, go; of an UPDATE, those of a partition. */
function takesRows(cost: Cost): boolean {
  const { kind, relation, cause } = cost;
  if (kind === 'lose-data') return true;
  if (kind === 'touch-rows') return cost.verb === 'delete' || cost.verb === 'merge';
  if (cause?.kind !== 'change-rows') return false;
  const { verb } = cause;
  return (
    verb === 'delete' || verb === 'merge' || (verb === 'update' && relation !== null && !same(relation, cause.relation))
  );
}
