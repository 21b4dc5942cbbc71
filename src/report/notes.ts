import type { AnalyzedMigration, Mode } from '../model/analyzed-migration.ts';
import { keyOf, type Catalog } from '../model/schema.ts';
import type { History } from '../model/source.ts';

const SHOWN = 5;

interface NoteSources {
  readonly histories: readonly History[];
  readonly rawFindings: readonly unknown[];
  readonly blindSpots: readonly unknown[];
  readonly notes: readonly string[];
}

/** What a reader must know that is no finding. */
export function notes(
  { histories, rawFindings, blindSpots, notes: historyNotes }: NoteSources,
  analyzed: readonly AnalyzedMigration[],
  mode: Mode,
): string[] {
  if (mode === 'audit' && analyzed.length > 0) return [];
  return [
    ...historyNotes,
    ...(rawFindings.length + blindSpots.length + historyNotes.length > 0 && analyzed.length === 0
      ? []
      : about(histories, analyzed)),
  ];
}

function about(histories: readonly History[], analyzed: readonly AnalyzedMigration[]): string[] {
  if (histories.length === 0) return ['No migrations were found in this repository.'];
  if (analyzed.length === 0) {
    const downs = histories.some(({ migrations }) => migrations.some(({ changed }) => changed));
    return [downs ? 'Only down migrations changed: verifying them requires a database.' : 'No migration changed.'];
  }
  const names = undeclared(analyzed);
  if (names.length === 0) return [];
  const listedNames =
    names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more` : names.join(', ');
  const [verb, which] = names.length === 1 ? ['is', 'its'] : ['are', 'their'];
  return [
    `${listedNames} ${verb} not created in the migrations: effects that depend on ${which} columns, constraints and indexes are uncertain.`,
  ];
}

/** Tables that a statement works on and no migration before it makes: the history starts midway, or elsewhere. */
function undeclared(analyzed: readonly AnalyzedMigration[]): string[] {
  const names = new Set<string>();
  for (const { steps } of analyzed)
    for (const { changes, before } of steps)
      for (const change of changes)
        if ('relation' in change && change.relation.kind === 'table' && change.kind !== 'create-table')
          if (change.relation.age !== 'this-transaction' && !isKnown(keyOf(change.relation), before))
            names.add(keyOf(change.relation).replace(/^public\./, ''));
  return [...names].sort();
}

/** By more than its name. */
function isKnown(key: string, catalog: Catalog): boolean {
  const table = catalog.relations.get(key);
  return key.startsWith('pg_catalog.') || (table !== undefined && (table.complete || table.columns.length > 0));
}
