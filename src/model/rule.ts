import type { Effect } from './effect.ts';
import type { FindingKind } from './finding-kind.ts';
import type { Remedy, Severity } from './report.ts';
import type { Step } from './step.ts';

/** Its `id` names the danger. */
export interface Rule<Id extends string = string> extends FindingKind<Id> {
  readonly examples: readonly Example[];
  /** Runs after the others, and does not see the costs, locks apart, that they have cited. */
  readonly general?: true;
  /** One finding per run tells it all: the first, with how many more there are (`once` in check.ts). */
  readonly once?: true;
  /** Of such a rule: what the place of another violation adds to the first, after its file and line. */
  readonly beside?: (first: Violation, other: Violation) => string | null;
  /** `cited`: what the rules before it have given as evidence for this statement. */
  check(step: Step, cited: ReadonlySet<Effect>): Iterable<Violation>;
}

/** Run by the tests, traced on a real server, printed in docs/rules/<id>.md. */
export interface Example {
  /** Migrations merged before. */
  readonly setup: string;
  /** One migration on which the rule fires. */
  readonly bad: string;
  /** One string per migration, deployed one after the other, on none of which any rule of severity error fires; null when there is no safe way. */
  readonly good: readonly string[] | null;
  /** How the tool runs the files; `whole-file` when not said. `good` files that need no transaction say so with a directive. */
  readonly transaction?: 'whole-file' | 'per-statement' | 'one-message';
  /** Major version; 17 when not said. */
  readonly pg?: number;
}

export interface Violation {
  readonly message: string;
  readonly remedy?: Remedy;
  /** The costs and changes that made the rule fire. A general rule skips costs that a specific one has cited. */
  readonly evidence: readonly Effect[];
  /** When this case is milder or worse than the rule's own severity. */
  readonly severity?: Severity;
}

export const defineRule = <const Id extends string>(rule: Rule<Id>): Rule<Id> => rule;
