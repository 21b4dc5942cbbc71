import type { BlindSpot, Settlement } from '../model/report.ts';
import type { Rehearsal, RehearsedStatement } from '../model/rehearsal.ts';
import type { Migration, Span, Statement } from '../model/source.ts';
import type { Compared } from '../measure/compare.ts';
import type { RawFinding } from '../findings/raw-finding.ts';

/** What a database has shown of one history, or of all. */
export interface Verification {
  readonly traced: ReadonlyMap<Statement, Compared>;
  readonly rawFindings: readonly RawFinding[];
  readonly rehearsals: ReadonlyMap<Migration, Rehearsal>;
  readonly rehearsed: ReadonlyMap<Statement, RehearsedStatement>;
  /** What was not read, and ran where it could be measured: by the span of its statement. */
  readonly settlements: ReadonlyMap<Span, Settlement>;
  /** What could not be verified, and why. */
  readonly blindSpots: readonly BlindSpot[];
  readonly notes: readonly string[];
}

/** Where no database was asked for. */
export const NOT_VERIFIED: Verification = {
  traced: new Map(),
  rawFindings: [],
  rehearsals: new Map(),
  rehearsed: new Map(),
  settlements: new Map(),
  blindSpots: [],
  notes: [],
};
