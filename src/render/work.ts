import { blocksReads, blocksWrites } from '../model/lock.ts';
import { isVisible, PLANNED, type Consequence } from '../model/effect.ts';
import type { MigrationReport, Report, ReportedEffect } from '../model/report.ts';
import { keyOf } from '../model/schema.ts';

const isCost = (effect: ReportedEffect): effect is Consequence => 'basis' in effect;

/** What a migration makes others wait for, in the words of a reviewer. */
export interface Blocking {
  readonly relation: string;
  readonly what: 'reads and writes' | 'writes';
  /** `briefly`, or for how long the work takes. */
  readonly work: 'briefly' | 'while it is scanned' | 'while an index is built' | 'while it is rewritten';
}

const WORK = { scan: 1, 'build-index': 2, rewrite: 3 } as const;
const WORDS: readonly Blocking['work'][] = [
  'briefly',
  'while it is scanned',
  'while an index is built',
  'while it is rewritten',
];

/** Per relation that others can see: the strongest lock and the longest work. A sequence counts with its table. */
export function blocking(migration: MigrationReport): Blocking[] {
  const byRelation = new Map<string, { reads: boolean; work: number }>();
  for (const { effects } of migration.statements) {
    const locks = effects.filter(isCost).filter(cost => cost.kind === 'lock');
    const onTables = locks.filter(({ relation }) => relation.kind !== 'sequence');
    for (const cost of onTables.length > 0 ? onTables : locks) {
      if (!isVisible(cost.relation) || !blocksWrites(cost.mode)) continue;
      const key = keyOf(cost.relation);
      const work = effects.filter(isCost).reduce((longest, other) => {
        const rank =
          other.kind === 'scan' || other.kind === 'build-index' || other.kind === 'rewrite' ? WORK[other.kind] : 0;
        return rank > 0 && other.relation !== null && keyOf(other.relation) === key ? Math.max(longest, rank) : longest;
      }, 0);
      const before = byRelation.get(key) ?? { reads: false, work: 0 };
      byRelation.set(key, { reads: before.reads || blocksReads(cost.mode), work: Math.max(before.work, work) });
    }
  }
  return [...byRelation].map(([relation, { reads, work }]) => ({
    relation: relation.replace(/^public\./, ''),
    what: reads ? ('reads and writes' as const) : ('writes' as const),
    work: WORDS[work] ?? 'briefly',
  }));
}

/** Files of which a part was not analyzed. What no database proved was analyzed all the same. */
export const filesNotSeen = ({ blindSpots }: Report): ReadonlySet<string> =>
  new Set(blindSpots.flatMap(({ span, kind }) => (span !== null && kind !== 'unproven' ? span.file : [])));

/** The costs among the evidence, once each, without what may be and would be in nobody's way. */
export const costPhrases = (evidence: readonly ReportedEffect[]): string[] => [
  ...new Set(
    evidence
      .filter(isCost)
      .filter(cost => !isAside(cost))
      .map(sayCost),
  ),
];

const isAside = (cost: Consequence): boolean =>
  cost.certainty === 'may' &&
  ((cost.kind === 'lock' && !blocksWrites(cost.mode)) || (cost.kind === 'scan' && cost.because === PLANNED));

/** `ACCESS EXCLUSIVE on orders`, `rewrite of orders (possible: the current type is not known)`. */
function sayCost(cost: Consequence): string {
  const on = cost.relation ? keyOf(cost.relation).replace(/^public\./, '') : '';
  const condition = cost.certainty === 'may' ? ` (possible: ${cost.because ?? 'not certain'})` : '';
  const rawFinding = cost.basis === 'both' ? ', measured' : '';
  return `${SAY[cost.kind](cost as never, on)}${rawFinding}${condition}`;
}

const LOST = {
  table: 'deletes the table',
  column: 'deletes a column of',
  rows: 'deletes rows of',
  precision: 'loses precision in',
} as const;

const SAY: { readonly [K in Consequence['kind']]: (cost: Extract<Consequence, { kind: K }>, on: string) => string } = {
  lock: (cost, on) => `${cost.mode} on ${on}`,
  rewrite: (_, on) => `rewrite of ${on}`,
  'new-file': (_, on) => `new file for ${on}`,
  scan: (_, on) => `scan of ${on}`,
  'build-index': (cost, on) => `index build of ${cost.index} on ${on}`,
  wait: (_, on) => `waits for older transactions on ${on}`,
  'touch-rows': (cost, on) => `${cost.verb} of ${cost.all ? 'every row' : 'rows'} of ${on}`,
  'lose-data': (cost, on) => `${LOST[cost.what]} ${on}`,
  reject: (cost, on) => `fails on ${on} if ${cost.if}`,
  fail: cost => `fails: ${cost.message} (${cost.sqlstate})`,
};
