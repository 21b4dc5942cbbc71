import type { KindId } from './kinds/index.ts';
import type { Effect } from '../model/effect.ts';
import type { Severity } from '../model/report.ts';
import type { Span } from '../model/source.ts';

/** One thing that was found by other means than a rule. */
export interface RawFinding {
  readonly rule: KindId;
  readonly message: string;
  readonly span: Span;
  readonly migration: string;
  readonly evidence?: readonly Effect[];
  /** Where it is another than that of its kind. */
  readonly severity?: Severity;
}
