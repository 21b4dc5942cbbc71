import type { PreflightCheck, PreflightId } from '../../model/preflight.ts';
import type { MigrationState } from '../../model/deploy-report.ts';
import type { Key } from '../../model/schema.ts';
import type { Step } from '../../model/step.ts';
import type { HistoryTool } from '../tool.ts';
import type { Facts, Part, TableFacts } from './facts.ts';
import type { Limits } from './limits.ts';
import type { Pending } from './pending.ts';
import type { Touched } from './touched.ts';

/** All that a check may look at. */
export interface Inspection {
  readonly facts: Facts;
  readonly limits: Limits;
  readonly pending: Pending;
  /** Every pending statement, in order. */
  readonly steps: readonly Step[];
  readonly touched: readonly Touched[];
  readonly states: readonly MigrationState[];
  readonly tools: ReadonlyMap<string, HistoryTool>;
  /** Tables and schemas that belong to migration tools, not to the migrations. */
  readonly own: { readonly tables: ReadonlySet<string>; readonly schemas: ReadonlySet<string> };
  /** The role that runs the migrations may be another one than that of the connection, and was not named. */
  readonly roleIsKnown: boolean;
  /** What is known of a table, partitions included. */
  readonly sizeOf: (key: Key) => Size | null;
}

/** A table with all of its partitions. */
export interface Size extends Pick<TableFacts, 'bytes' | 'writes' | 'reads'> {
  /** Negative if it is not known. */
  readonly rows: number;
}

export type Result = Omit<PreflightCheck, 'id'>;

/** One check, and what it means that it could not be done. */
export interface PreflightSpec {
  readonly id: PreflightId;
  /** The verdict if the answer is `unknown`: `warn` where stock servers and read-only roles often cannot know. */
  readonly ifUnknown: 'warn' | 'could-not-judge';
  readonly run: (at: Inspection) => Result;
}

type Details = Partial<Pick<Result, 'objects' | 'hint'>>;

const result =
  (status: Result['status']) =>
  (message: string, { objects = [], hint = null }: Details = {}): Result => ({ status, message, objects, hint });

export const pass = result('pass');
export const warn = result('warn');
export const block = result('block');
export const unknown = result('unknown');

/** For a part that was not read: what it is, and why. */
export const unreadPart = (part: Pick<Part<unknown>, 'problem'>, what: string): Result | null =>
  part.problem === null ? null : unknown(`${what} could not be read: ${part.problem}.`);

export const MONITOR = 'Grant pg_read_all_stats (or pg_monitor) to the role of the URL.';
