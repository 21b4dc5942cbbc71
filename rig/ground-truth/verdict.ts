import { identity, type Cost, type CostKind } from '../../src/model/effect.ts';
import type { Measured } from '../../src/measure/session.ts';
import { compare } from '../../src/measure/compare.ts';
import type { Prediction } from './predict.ts';

export type Compared = 'lock' | 'rewrite' | 'new-file' | 'build-index' | 'scan' | 'failure';
const COMPARED: readonly Compared[] = ['lock', 'rewrite', 'new-file', 'build-index', 'scan', 'failure'];

/** A statement's prediction held against its measurement. */
export interface Verdict {
  /** How many costs both sides name. */
  readonly agreed: Readonly<Partial<Record<CostKind, number>>>;
  /** `+` measured and not predicted, `-` predicted and not measured. */
  readonly disagreements: readonly { readonly kind: Compared; readonly text: string }[];
}

/** A statement that failed on the server left nothing to compare but the failure. */
export function verdict(prediction: Prediction, measured: Measured): Verdict {
  if (measured.failure || prediction.fails) {
    const foreseen = measured.failure !== null && prediction.mayFail;
    const wrong = prediction.fails && !measured.failure;
    const text = `${wrong ? '-' : '+'}failure: ${measured.failure?.message ?? 'predicted'}`;
    // An error that nothing predicted is no false claim: most are syntax that an older server does not have.
    return { agreed: foreseen ? { fail: 1 } : {}, disagreements: wrong ? [{ kind: 'failure', text }] : [] };
  }
  const { confirmed, unpredicted, unconfirmed } = compare(prediction.costs, measured, prediction.heldLocks);
  const agreed: Partial<Record<CostKind, number>> = {};
  for (const { kind } of confirmed) agreed[kind] = (agreed[kind] ?? 0) + 1;
  const say = (sign: string) => (cost: Cost) => ({
    kind: cost.kind as Compared,
    text: `${sign}${identity(cost).trim()}${cost.certainty === 'may' ? ' (may)' : ''}`,
  });
  return { agreed, disagreements: [...unpredicted.map(say('+')), ...unconfirmed.map(say('-'))] };
}

/** A table of agreement: a row per server, a column per kind of cost, `agreed/all`. */
export class Table {
  private readonly rows = new Map<string, Map<Compared, { agreed: number; all: number }>>();

  add(server: string, { agreed, disagreements }: Verdict): void {
    const row = this.rows.get(server) ?? new Map(COMPARED.map(kind => [kind, { agreed: 0, all: 0 }]));
    this.rows.set(server, row);
    const count = (kind: Compared, n: number, ok: boolean): void => {
      const cell = row.get(kind);
      if (!cell) return;
      cell.all += n;
      if (ok) cell.agreed += n;
    };
    for (const kind of COMPARED) count(kind, agreed[kind === 'failure' ? 'fail' : kind] ?? 0, true);
    for (const { kind } of disagreements) count(kind, 1, false);
  }

  toString(): string {
    const line = (cells: readonly string[]): string => cells.map(cell => cell.padEnd(12)).join('');
    return [
      line(['Postgres', ...COMPARED]),
      ...[...this.rows].map(([server, row]) =>
        line([server, ...COMPARED.map(kind => `${row.get(kind)?.agreed ?? 0}/${row.get(kind)?.all ?? 0}`)]),
      ),
    ].join('\n');
  }
}
