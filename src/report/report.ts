import { createHash } from 'node:crypto';
import type { SuppressionComment, Suppressions } from '../findings/suppressions.ts';
import { once, type Candidate, type Severities } from '../findings/check.ts';
import { UNREAD } from '../config/options.ts';
import { findingIds, isOfHistory, kindNamed, type FindingId } from '../findings/registry.ts';
import type { AnalyzedMigration } from '../model/analyzed-migration.ts';
import { identity, type Effect } from '../model/effect.ts';
import type { SchemaDiff } from '../model/schema-diff.ts';
import type { BlindSpot, Conclusion, Finding, Report, ReportedBlindSpot, Severity } from '../model/report.ts';
import type { RawFinding } from '../findings/raw-finding.ts';
import { settled } from '../verify/settled-blind-spots.ts';
import type { Verification } from '../verify/result.ts';
import type { RuleId } from '../rules/index.ts';
import { reported, statementReport } from './statement-report.ts';

interface Verdicts {
  readonly failOn: 'error' | 'warning' | 'never';
  readonly unparsed: 'fail' | 'warn';
}

export interface Parts extends Verdicts {
  readonly version: string;
  readonly pg: number;
  readonly analyzed: readonly AnalyzedMigration[];
  readonly suppressions: Suppressions;
  readonly candidates: readonly Candidate<RuleId>[];
  readonly verified: Omit<Verification, 'rawFindings' | 'notes'> & { readonly rawFindings: readonly Graded[] };
  /** What the configuration says for a file. */
  readonly severities: (file: string) => Severities;
  readonly schemaDiffs: readonly SchemaDiff[];
  readonly history: number;
  readonly notes: readonly string[];
}

/** A finding with the severity that it has here. */
export type Graded = RawFinding & Pick<Finding, 'severity' | 'category'>;

/** A finding of a registered kind: all that a report may hold. */
type Registered = Finding & { readonly rule: FindingId };

/** Everything that was found out, as plain data: all that a renderer may look at. */
export function report(parts: Parts): Report {
  const { suppressions } = parts;
  const counts = new Map<string, number>();
  const live = parts.candidates.filter(({ allow }) => allow === null);
  const silenced = parts.candidates.filter(({ allow }) => allow !== null);
  const findings = [...once(live), ...silenced].map(({ rule, step, severity, violation, allow }): Registered => ({
    rule: rule.id,
    severity,
    category: rule.category,
    message: violation.message,
    remedy: violation.remedy ?? null,
    span: step.statement.span,
    evidence: reported(violation.evidence, parts.verified.traced.get(step.statement)),
    fingerprint: unique(fingerprint(rule.id, step.migration.id, violation.evidence), counts),
    allowed: reasonOf(allow),
  }));
  const registered = parts.verified.rawFindings.map(({ migration, ...rawFinding }): Registered => ({
    ...rawFinding,
    remedy: null,
    evidence: reported(rawFinding.evidence ?? []),
    fingerprint: unique(fingerprint(rawFinding.rule, migration, rawFinding.evidence ?? []), counts),
    allowed: reasonOf(suppressions.for(rawFinding.rule, rawFinding.span)),
  }));
  const spots = [
    ...parts.analyzed.flatMap(analyzed => analyzed.blindSpots.map(spot => settled(spot, parts.verified.settlements))),
    ...parts.verified.blindSpots,
  ];
  const blindSpots = spots.map((spot): ReportedBlindSpot => ({
    ...spot,
    allowed: CAN_BE_ALLOWED[spot.kind] && spot.span ? reasonOf(suppressions.for(UNREAD, spot.span)) : null,
  }));
  const complaints = [...suppressions.faults(findingIds)].flatMap(
    ({ allow: { span }, rule, message }): Registered[] => {
      const { category, severity: usual } = kindNamed(rule);
      const severity = parts.severities(span.file).get(rule) ?? usual;
      if (severity === 'off') return [];
      const id = unique(fingerprint(rule, span.file, []), counts);
      return [{ rule, severity, category, message, remedy: null, span, evidence: [], fingerprint: id, allowed: null }];
    },
  );
  // What a change does to merged files comes before what comes of it.
  const all = [
    ...registered.filter(isHistory),
    ...findings,
    ...registered.filter(one => !isHistory(one)),
    ...complaints,
  ];
  return {
    version: parts.version,
    conclusion: conclude(all, blindSpots, parts),
    pg: parts.pg,
    migrations: parts.analyzed.map(({ migration, steps }) => ({
      id: migration.id,
      file: migration.file,
      framework: migration.framework,
      changed: migration.changed,
      statements: steps.map(step => statementReport(step, parts.verified)),
      rehearsal: parts.verified.rehearsals.get(migration) ?? null,
    })),
    findings: all,
    schemaDiffs: parts.schemaDiffs,
    blindSpots,
    allowances: suppressions.listed(),
    history: parts.history,
    notes: parts.notes,
  };
}

const isHistory = ({ rule }: Registered): boolean => isOfHistory(rule);

const reasonOf = (allow: SuppressionComment | null): { reason: string } | null =>
  allow ? { reason: allow.reason } : null;

/** May the author accept that it was not analyzed, with a reason? A statement that does not parse is not SQL. */
const CAN_BE_ALLOWED: Readonly<Record<BlindSpot['kind'], boolean>> = {
  syntax: false,
  unread: true,
  dynamic: true,
  opaque: true,
  unproven: false,
};

/** What was not analyzed may hide anything; what a database could not show was analyzed. */
const FAILS: Readonly<Record<BlindSpot['kind'], boolean>> = {
  syntax: true,
  unread: true,
  dynamic: true,
  opaque: true,
  unproven: false,
};

/** What was not analyzed fails the gate, unless the configuration or a suppression comment says otherwise. */
function conclude(
  findings: readonly Finding[],
  blindSpots: readonly ReportedBlindSpot[],
  { failOn, unparsed }: Verdicts,
): Conclusion {
  const live = findings.filter(finding => finding.allowed === null);
  const fails = (severity: Severity): boolean => failOn === severity || (failOn === 'warning' && severity === 'error');
  const hidden = blindSpots.some(spot => FAILS[spot.kind] && spot.allowed === null && spot.settled === undefined);
  if (live.some(finding => fails(finding.severity)) || (hidden && unparsed === 'fail' && failOn !== 'never'))
    return 'fail';
  const blind = blindSpots.some(spot => spot.settled !== 'measured');
  return live.some(finding => finding.severity !== 'notice') || blind ? 'warn' : 'pass';
}

/** From the rule, the migration and what happened to which relation: not from lines or wording. */
function fingerprint(rule: string, migration: string, evidence: readonly Effect[]): string {
  const what = evidence.map(effect => {
    if ('basis' in effect) return identity(effect);
    return 'relation' in effect ? `${effect.kind} ${effect.relation.schema}.${effect.relation.name}` : effect.kind;
  });
  return createHash('sha256')
    .update([rule, migration, ...what.sort()].join('\n'))
    .digest('hex')
    .slice(0, 16);
}

/** The second of two that are alike gets an ordinal. */
function unique(id: string, counts: Map<string, number>): string {
  const count = (counts.get(id) ?? 0) + 1;
  counts.set(id, count);
  return count === 1 ? id : `${id}-${count}`;
}
