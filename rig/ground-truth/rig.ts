import { readFileSync } from 'node:fs';
import { ENTRIES } from '../costs/areas.ts';
import { measuredOf } from '../costs/facts.ts';
import { KNOWN as OF_PAGE } from '../costs/known.ts';
import { loadCosts } from '../costs/record.ts';
import { SHOP } from '../costs/shop.ts';
import { identity, same, type Cost, type CostOf } from '../../src/model/effect.ts';
import type { Measured } from '../../src/measure/session.ts';
import { keyOf } from '../../src/model/schema.ts';
import { compare } from '../../src/measure/compare.ts';
import { FATES } from './fates.ts';
import { predictor, type Prediction } from './predict.ts';
import { KNOWN, MEASURED_ON, recorded, samplesOn, type Sample } from './records.ts';
import { IN_BLOCK, UNKNOWABLE } from './transaction-block.ts';
import { verdict } from './verdict.ts';

type Predicted = Pick<Prediction, 'costs' | 'heldLocks'>;

/** Statements that failed on a server although nothing said so, and why nothing did. */
export const UNPREDICTED_ERRORS = JSON.parse(
  readFileSync(new URL('unpredicted-errors.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

/** One statement on one major. */
export interface Trial {
  readonly id: string;
  readonly sql: string;
  readonly major: number;
  predict(): Promise<Prediction>;
  /** What the records hold against a prediction; nothing where it is right, or known to be wrong. */
  object(prediction: Prediction): string[];
  /** What servers did; null where it is not known in whole, or known to be otherwise. */
  readonly measured: Measured | null;
  readonly known: boolean;
}

/** Everything that is recorded, docs/costs.md included: predictions can be held against it without a server. */
export async function trials(): Promise<Trial[]> {
  const all: Trial[] = [];
  const page = loadCosts();
  for (const major of MEASURED_ON) {
    const predict = await predictor(major);
    for (const sample of samplesOn(major)) {
      const measured = recorded(sample, major);
      all.push({
        id: sample.id,
        sql: sample.sql,
        major,
        predict: () => predict(sample),
        object: prediction => objections(sample, prediction, measured),
        measured,
        known: sample.id in KNOWN,
      });
    }
    for (const { fate, ...sample } of FATES)
      all.push({
        id: 'fate',
        sql: sample.sql,
        major,
        predict: () => predict(sample),
        object: prediction => otherFates(prediction, fate),
        measured: null,
        known: false,
      });
    const ofPage = await predictor(major, SHOP);
    for (const entry of ENTRIES) {
      const measured = measuredOf(page.get(entry.id)?.get(major) ?? {});
      all.push({
        id: entry.id,
        sql: entry.sql,
        major,
        predict: () => ofPage({ setup: '', ...entry }),
        object: prediction =>
          entry.id in OF_PAGE ? [] : verdict(prediction, measured).disagreements.map(({ text }) => text),
        measured,
        known: entry.id in OF_PAGE,
      });
    }
    for (const { sql, answers } of IN_BLOCK) {
      if (UNKNOWABLE.has(sql)) continue;
      const [answer = 'ok'] = Object.entries(answers).find(([, majors]) => majors.includes(major)) ?? [];
      all.push({
        id: 'in a block',
        sql,
        major,
        predict: () => predict({ setup: '', sql }),
        object: prediction => (failureOf(prediction) === answer ? [] : [`answers ${answer} in a block`]),
        measured: null,
        known: false,
      });
    }
  }
  return all;
}

/** What a prediction says beyond locks and files, where that is not what happens. */
function otherFates({ costs }: Prediction, fate: readonly string[]): string[] {
  const said = costs.flatMap(cost => {
    const name = cost.relation?.name ?? '';
    if (cost.kind === 'lose-data') return `${cost.certainty === 'may' ? 'may lose' : 'loses'} ${cost.what} of ${name}`;
    if (cost.kind === 'touch-rows') return `${cost.verb} of ${cost.all ? 'all' : 'some'} of ${name}`;
    return cost.kind === 'wait' ? `waits at ${name}` : [];
  });
  return [...said.filter(text => !fate.includes(text)), ...fate.filter(text => !said.includes(text))];
}

/** The SQLSTATE with which a statement is predicted to fail for certain, or `ok`. */
const failureOf = ({ costs }: Prediction): string =>
  costs.flatMap(cost => (cost.kind === 'fail' && cost.certainty === 'will' ? cost.sqlstate : []))[0] ?? 'ok';

function objections(sample: Sample, prediction: Prediction, measured: Measured): string[] {
  const { disagreements } = verdict(prediction, measured);
  const unpredicted = measured.failure !== null && !prediction.mayFail && !(sample.id in UNPREDICTED_ERRORS);
  if (sample.id in KNOWN) return [];
  return [
    ...disagreements.map(({ text }) => text),
    ...(unpredicted ? [`fails: ${measured.failure.message}`] : []),
    ...unread(prediction),
    ...(sample.group !== 'Cases' || measured.complete || measured.failure ? [] : unseen(prediction, measured)),
  ];
}

/** What reads all of a table: CLUSTER and the like included, which servers do not count as scans. */
const READS: ReadonlySet<string> = new Set(['rewrite', 'build-index', 'set-tablespace']);

/** Who writes a table anew or indexes it reads all of it, whether or not a server says so by itself. */
export function unread({ costs }: Pick<Prediction, 'costs'>): string[] {
  const read = new Set(costs.flatMap(cost => (cost.kind === 'scan' ? keyOf(cost.relation) : [])));
  return costs.flatMap(cost =>
    READS.has(cost.kind === 'new-file' ? (cost.cause?.kind ?? '') : cost.kind) &&
    cost.relation &&
    !read.has(keyOf(cost.relation))
      ? `${identity(cost)} reads nothing`
      : [],
  );
}

/**
 * What was watched from beside may have missed a lock that was held for a moment; not another mode of the relation that
 * the statement names, nor files and indexes, which stay.
 */
export function unseen({ costs, heldLocks }: Predicted, measured: Measured): string[] {
  const locked = new Set(measured.costs.flatMap(cost => (cost.kind === 'lock' ? keyOf(cost.relation) : [])));
  const { unconfirmed } = compare(costs, { ...measured, complete: true }, heldLocks);
  return unconfirmed
    .filter(cost => (cost.kind === 'lock' ? isNamed(cost) && locked.has(keyOf(cost.relation)) : cost.kind !== 'scan'))
    .map(cost => `-${identity(cost)}`);
}

const isNamed = ({ cause, relation }: CostOf<'lock'>): boolean =>
  cause !== null && 'relation' in cause && same(cause.relation, relation);

/** Each cost that a prediction calls possible, by cause and reason, and whether it arose. */
export function uncertainCosts(
  { costs, heldLocks }: Predicted,
  measured: Measured,
): { name: string; arose: boolean }[] {
  return costs.flatMap(cost => {
    const arose =
      cost.kind === 'fail' || cost.kind === 'reject'
        ? measured.failure !== null
        : arises(cost, costs, heldLocks, measured);
    const certain = cost.certainty === 'will' && cost.kind !== 'reject';
    if (arose === null || certain) return [];
    return {
      name: `${cost.cause?.kind ?? ''}: ${cost.kind}${cost.because === undefined ? '' : `, ${cost.because}`}`,
      arose,
    };
  });
}

/** How often each possible cost arose: `6 of 12`. */
export class UncertainCosts {
  private readonly counts = new Map<string, { arose: number; all: number }>();

  add(prediction: Prediction, measured: Measured): void {
    for (const { name, arose } of uncertainCosts(prediction, measured)) {
      const count = this.counts.get(name) ?? { arose: 0, all: 0 };
      count.all += 1;
      if (arose) count.arose += 1;
      this.counts.set(name, count);
    }
  }

  toJSON(): Record<string, string> {
    return Object.fromEntries(
      [...this.counts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { arose, all }]) => [name, `${arose} of ${all}`]),
    );
  }

  /** Possible costs that always arose, or never: they are certain. */
  get idle(): string[] {
    return [...this.counts].flatMap(([name, { arose, all }]) => (arose === 0 || arose === all ? name : []));
  }
}

/** Would the cost be confirmed if it were certain? Null where a measurement says neither. */
function arises(cost: Cost, costs: readonly Cost[], held: Prediction['heldLocks'], measured: Measured): boolean | null {
  if (cost.certainty === 'will' || measured.failure !== null) return null;
  const certain = { ...cost, certainty: 'will' as const };
  const { confirmed, unconfirmed } = compare(
    costs.map(other => (other === cost ? certain : other)),
    measured,
    held,
  );
  return confirmed.includes(certain) ? true : unconfirmed.includes(certain) ? false : null;
}
