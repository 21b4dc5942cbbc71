import type { BlindSpot } from './report.ts';
import type { Catalog } from './schema.ts';
import type { Migration } from './source.ts';
import type { Step } from './step.ts';

/** `audit`: every file is checked as its own pull request on the state that the files before it left. */
export type Mode = 'pull-request' | 'audit';

export interface AnalyzedMigration {
  readonly migration: Migration;
  readonly steps: readonly Step[];
  readonly blindSpots: readonly BlindSpot[];
  /** The schema before the file, and after it when everything is committed. */
  readonly before: Catalog;
  readonly after: Catalog;
}
