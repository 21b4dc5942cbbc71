import type { BlindSpot } from '../model/report.ts';
import type { Statement } from '../model/source.ts';
import type { Compared } from '../trace/compare.ts';
import type { Proof } from './proofs.ts';

/** What the database has shown of all histories. */
export interface Shown {
  readonly traced: ReadonlyMap<Statement, Compared>;
  readonly proofs: readonly Proof[];
  readonly blindSpots: readonly BlindSpot[];
  readonly notes: readonly string[];
}

/** Where no database was asked for. */
export const NOTHING_SHOWN: Shown = { traced: new Map(), proofs: [], blindSpots: [], notes: [] };
