import { isVisible, same, type Cost, type Relation } from '../model/effect.ts';
import { blocked, blocksWrites } from '../model/lock.ts';
import { keyOf, type RelationKind } from '../model/schema.ts';
import type { Step } from '../model/step.ts';
import type { Compared } from '../measure/compare.ts';
import type { Measured } from '../measure/session.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import { listed } from '../findings/wording.ts';

const TABLE: Readonly<Record<RelationKind, boolean>> = {
  table: true,
  'partitioned-table': true,
  'foreign-table': true,
  'materialized-view': true,
  index: false,
  view: false,
  sequence: false,
  'composite-type': false,
};

const MEASURED = { cause: null, basis: 'measured', certainty: 'will' } as const;

/** Is it predicted that its rows go, or that they certainly go elsewhere? */
const saysSo = ({ kind, certainty }: Cost): boolean =>
  kind === 'lose-data' || ((kind === 'new-file' || kind === 'rewrite') && certainty === 'will');

/** Predicted as possible, and seen: what it takes is known now. */
const isCertainNow = ({ kind, certainty, relation }: Cost): boolean =>
  certainty === 'may' && (kind === 'rewrite' || (kind === 'new-file' && relation.kind === 'table'));

/**
 * Findings, where the server did what nobody predicted and it hurts: what was measured counts as what is predicted does.
 * Where predictions are for another version (`comparable`), what they lack is held against them only where nothing was
 * predicted at all, and where rows are lost.
 */
export function unpredictedCost(step: Step, measured: Measured, result: Compared, comparable: boolean): RawFinding[] {
  const { statement, migration, costs, changes } = step;
  const say = (
    rule: RawFinding['rule'],
    message: string,
    evidence: readonly Cost[],
    rest: Partial<RawFinding> = {},
  ): RawFinding => {
    return { rule, message, span: statement.span, migration: migration.id, evidence, ...rest };
  };
  const isPredicted = (relation: Relation): boolean =>
    costs.some(cost => cost.relation && same(cost.relation, relation) && saysSo(cost));
  const droppedRelations = (measured.dropped ?? []).filter(relation => TABLE[relation.kind] && !isPredicted(relation));
  const measuredCosts = [...result.unpredicted, ...result.confirmed.filter(isCertainNow)];
  const emptied = measuredCosts.filter(
    cost => cost.kind === 'new-file' && cost.relation.kind === 'table' && !isPredicted(cost.relation),
  );
  const dropped = droppedRelations.map((relation): Cost => ({
    ...MEASURED,
    kind: 'lose-data',
    what: 'table',
    relation,
  }));
  const losses = [
    ...droppedRelations.map(relation => `${keyOf(relation).replace(/^public\./, '')} is dropped`),
    ...emptied.map(cost => `${nameOf(cost)} gets a new file, as with TRUNCATE`),
  ];
  const isOpaque = changes.some(({ kind }) => kind === 'opaque');
  const counts = comparable || isOpaque;
  const strong = [...measured.costs, ...(measured.heldLocks ?? [])].flatMap(cost =>
    cost.kind === 'lock' && blocksWrites(cost.mode) ? [cost.relation] : [],
  );
  const rest = counts ? measuredCosts.filter(cost => !emptied.includes(cost) && isHarm(cost, strong)) : [];
  const onTable = rest.some(({ relation }) => relation && TABLE[relation.kind]);
  return [
    ...(losses.length > 0
      ? [say('lost-rows', `Measured but not predicted: ${listed(losses)}.`, [...dropped, ...emptied])]
      : []),
    ...(rest.length > 0
      ? [
          say(
            'unpredicted-cost',
            `Measured but not predicted: ${listed(rest.map(phraseOf))}.${isOpaque ? '' : ' Please report this as a bug.'}`,
            rest,
            onTable ? {} : { severity: 'warning' },
          ),
        ]
      : []),
  ];
}

const WORK: Readonly<Partial<Record<Cost['kind'], string>>> = {
  rewrite: 'rewrite of',
  'new-file': 'new file for',
  scan: 'scan under a lock that blocks writes of',
  'build-index': 'index build on',
};

const phraseOf = (cost: Cost): string =>
  cost.kind === 'lock'
    ? `${cost.mode} on ${nameOf(cost)}, which blocks ${blocked(cost.mode)}`
    : `${WORK[cost.kind] ?? cost.kind} ${nameOf(cost)}`;

const nameOf = ({ relation }: Cost): string => (relation ? keyOf(relation).replace(/^public\./, '') : '?');

/** Work, or a lock that stops writes, on tables that others can see. Rows that a query reads stop nobody. */
const isHarm = (cost: Cost, strong: readonly Relation[]): boolean => {
  const { relation } = cost;
  if (relation === null || relation.kind === 'sequence' || !isVisible(relation)) return false;
  if (cost.kind === 'lock') return blocksWrites(cost.mode);
  return cost.kind !== 'scan' || strong.some(other => same(other, relation));
};
