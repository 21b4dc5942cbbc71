import { analyzeMigration } from '../analyze-migration.ts';
import { diffCatalogs } from '../../diff/diff-catalogs.ts';
import { display } from '../../diff/wording.ts';
import { keyOf, type Catalog } from '../../model/schema.ts';
import type { AnalyzedMigration } from '../../model/analyzed-migration.ts';
import { IF_EXISTS } from '../../effects/read/objects.ts';
import type { Change, CostOf } from '../../model/effect.ts';
import type { ObjectDiff } from '../../model/schema-diff.ts';
import type { Migration, Span } from '../../model/source.ts';
import type { Step } from '../../model/step.ts';
import type { RawFinding } from '../../findings/raw-finding.ts';
import { listed } from '../../findings/wording.ts';
import { parse } from '../../sql/parse.ts';
import { grammarErrorOf } from '../../sql/target-grammar.ts';

/**
 * What of a down migration needs no database to be found wrong: text that the server does not read, a statement that it will
 * refuse, a schema that is not the one before. What is not certain is left to a database.
 */
export async function predictRollback(
  down: Migration,
  { migration, steps: ups, before, after }: AnalyzedMigration,
  pg: number,
): Promise<RawFinding[]> {
  if (down.unread.length > 0) return [];
  const say = (rule: RawFinding['rule'], message: string, span: Span): RawFinding[] => [
    { rule, message, span, migration: migration.id, ...(rule === 'incomplete-rollback' && UNTRIED) },
  ];
  const statements = await parse(down.sql, down.file);
  for (const statement of statements) {
    const refusal = await grammarErrorOf(statement, pg);
    if (refusal !== null)
      return say(
        'failing-rollback',
        `Postgres ${pg} rejects the down migration of ${migration.id}: ${refusal}.`,
        statement.span,
      );
  }
  const { steps, catalog } = analyzeMigration(statements, after, { migration: down, pg, commits: 'this-pr' });
  for (const step of steps) {
    const fails = failureOf(step);
    if (fails)
      return say(
        'failing-rollback',
        `The down migration of ${migration.id} fails: ${fails.message} (${fails.sqlstate}).`,
        step.statement.span,
      );
  }
  const [first] = statements;
  // What the history did unseen is as it was, unless these statements may have met it.
  if (!first || catalog.partial.length > before.partial.length || ![...ups, ...steps].every(isCertain)) return [];
  const unknown = new Set([...notKnown(before), ...notKnown(catalog)]);
  const differences = diffCatalogs(before, catalog)
    .filter(({ name }) => !unknown.has(name))
    .flatMap(inWords);
  return differences.length === 0
    ? []
    : say('incomplete-rollback', `After the down migration of ${migration.id}, ${listed(differences)}.`, first.span);
}

/** Until a database has shown it, nobody is held up. */
const UNTRIED = { severity: 'warning' } as const;

const failureOf = ({ costs }: Step): CostOf<'fail'> | undefined =>
  costs.filter(cost => cost.kind === 'fail').find(({ certainty }) => certainty === 'will');

/** All of it was understood, and happens in any case. */
const isCertain = ({ changes, before }: Step): boolean =>
  changes.every(change => change.kind !== 'opaque' && (change.condition === undefined || isOfUnseen(change, before)));

/** IF EXISTS of what no migration made: whether it is there or not, it is no part of the schema that is compared. */
const isOfUnseen = (change: Change, { relations }: Catalog): boolean =>
  change.kind === 'drop-relation' && change.condition === IF_EXISTS && !relations.has(keyOf(change.relation));

/** Relations and types that were not seen from the beginning, or may be otherwise, as a difference names them. */
const notKnown = ({ relations, types, uncertain }: Catalog): string[] => [
  ...relations.values().flatMap(table => (table.complete && !uncertain.has(keyOf(table)) ? [] : [display(table)])),
  ...types.values().flatMap(type => (uncertain.has(keyOf(type)) ? [display(type)] : [])),
];

/** Of a view it is known what it reads, more or less, and not what it says. */
const VAGUE: ReadonlySet<ObjectDiff['kind']> = new Set(['view', 'materialized-view']);

/** What was validated stays so: nobody has to take that back, and nobody can. */
const UNVALIDATED = ' not valid';

/** `before` is what should be there. */
function inWords({ kind, name, before, after, parts }: ObjectDiff): string[] {
  if (before === null) return [`${kind} ${name} is left over`];
  if (after === null) return [`${kind} ${name} is missing`];
  if (VAGUE.has(kind)) return [];
  const matters = parts.filter(({ before: was, after: is }) => is === null || was !== `${is}${UNVALIDATED}`);
  const whole = before === after ? [] : [`${kind} ${name} was ${before} and is ${after}`];
  return [
    ...whole,
    ...matters.map(({ part, name: own, before: was, after: is }) => {
      const differs = was === is ? 'is another one' : `was ${was} and is ${is}`;
      const difference = was === null ? 'is left over' : is === null ? 'is missing' : differs;
      return `${part} ${own} of ${name} ${difference}`;
    }),
  ];
}
