import type { Change, Consequence } from './effect.ts';
import type { Rehearsal, RehearsedStatement } from './rehearsal.ts';
import type { SchemaDiff } from './schema-diff.ts';
import type { Span } from './source.ts';

/** What comes out: plain JSON, all that a renderer may look at. */
export type Severity = 'error' | 'warning' | 'notice';
export type Conclusion = 'pass' | 'warn' | 'fail';
export type Category =
  'locks' | 'data-loss' | 'compatibility' | 'failure' | 'schema' | 'style' | 'rollback' | 'data' | 'hygiene';

/** What is said of a statement: a cost's cause stands beside it, among the changes. */
export type ReportedEffect = Change | Consequence;

/** One deploy's worth of SQL. */
export interface RemedyStep {
  /** "First migration, outside a transaction". */
  readonly title: string;
  readonly sql: string;
}

export interface Remedy {
  /** Markdown, one or two sentences. */
  readonly text: string;
  /** In order; each is a migration of its own, deployed before the next. */
  readonly steps: readonly RemedyStep[];
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly category: Category;
  /** Plain text: names the relation, the lock and what waits. */
  readonly message: string;
  readonly remedy: Remedy | null;
  readonly span: Span;
  readonly evidence: readonly ReportedEffect[];
  /** The same finding has the same fingerprint after lines moved. */
  readonly fingerprint: string;
  readonly allowed: { readonly reason: string } | null;
}

export interface BlindSpot {
  readonly span: Span | null;
  readonly because: string;
  /**
   * `syntax`: a statement that does not parse. `unread`: text that is not SQL, or was not read. `dynamic`: SQL that is put
   * together when it runs. `opaque`: a statement whose effect is not written in it. These fail the gate.
   * `unverified`: analyzed, but not seen on the database.
   */
  readonly kind: 'syntax' | 'unread' | 'dynamic' | 'opaque' | 'unproven';
  /** A server ran it: what was measured replaces what was not read. */
  readonly settled?: Settlement;
}

/** `in part`: the run took one of several paths. */
export type Settlement = 'measured' | 'in part';

/** `allowed`: the author says why it need not be analyzed. */
export type ReportedBlindSpot = BlindSpot & Pick<Finding, 'allowed'>;

export interface StatementReport {
  readonly sql: string;
  readonly span: Span;
  readonly effects: readonly ReportedEffect[];
  readonly traced: Comparison | null;
  /** On tables that hold rows and are in use. */
  readonly rehearsed: RehearsedStatement | null;
}

interface Comparison {
  readonly confirmed: readonly Consequence[];
  readonly unpredicted: readonly Consequence[];
  readonly unconfirmed: readonly Consequence[];
  readonly ms: number;
}

export interface MigrationReport {
  readonly id: string;
  readonly file: string;
  readonly framework: string;
  readonly changed: boolean;
  readonly statements: readonly StatementReport[];
  readonly rehearsal: Rehearsal | null;
}

export interface Allowance {
  readonly rule: string;
  readonly reason: string;
  readonly span: Span;
  readonly used: boolean;
}

export interface Report {
  readonly version: string;
  readonly conclusion: Conclusion;
  /** The major version checked for. */
  readonly pg: number;
  /** Those of the pull request; history is not repeated. */
  readonly migrations: readonly MigrationReport[];
  readonly findings: readonly Finding[];
  /** One for each database whose schema changes; none in an audit. */
  readonly schemaDiffs: readonly SchemaDiff[];
  readonly blindSpots: readonly ReportedBlindSpot[];
  readonly allowances: readonly Allowance[];
  /** Files of history that were replayed to know the schema. */
  readonly history: number;
  /** What the reader must know that is no finding: "No migration changed." */
  readonly notes: readonly string[];
}
