import type { Category, Severity } from './report.ts';

/** What is said of one kind of finding, whichever findings of it there are. */
export interface FindingKind<Id extends string = string> {
  /** Reads well after "allow": `blocking-index-build`. */
  readonly id: Id;
  /** One sentence, present tense, no fix. */
  readonly summary: string;
  readonly category: Category;
  /** `off`: only where the configuration asks for it. */
  readonly severity: Severity | 'off';
  /** Markdown: what goes wrong in production, and when it is fine. */
  readonly why: string;
  /** Ids that peers use for the same thing, so that a team that moves finds its rule. */
  readonly aliases?: readonly string[];
}

/** Where findings that are not of a rule come from: each group has its own way to be suppressed. */
export type FindingGroup = 'configuration' | 'database' | 'history' | 'suppressions';

/** A kind of finding that is not of a rule. */
export interface Kind<Id extends string = string> extends FindingKind<Id> {
  readonly group: FindingGroup;
  readonly severity: Severity;
}

export const defineKind = <const Id extends string>(kind: Kind<Id>): Kind<Id> => kind;
