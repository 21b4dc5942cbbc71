import { createHash } from 'node:crypto';
import { allowance, allows, complaint, covers, type Allow } from './allow.ts';
import { once, type Candidate } from './check.ts';
import type { Judged } from './judge.ts';
import { identity, type Effect } from './model/effect.ts';
import type { SchemaDiff } from './model/schema-diff.ts';
import type { BlindSpot, Conclusion, Finding, Report, Severity } from './model/report.ts';
import type { Span } from './model/source.ts';
import type { Proof } from './prove/proofs.ts';
import { settled } from './prove/settled.ts';
import type { Shown } from './prove/shown.ts';
import { reported, statementReport } from './statement-report.ts';

export interface Verdicts {
  readonly failOn: 'error' | 'warning' | 'never';
  readonly unparsed: 'fail' | 'warn';
}

export interface Parts extends Verdicts {
  readonly version: string;
  readonly pg: number;
  readonly judged: readonly Judged[];
  readonly candidates: readonly Candidate[];
  readonly shown: Omit<Shown, 'proofs' | 'notes'> & { readonly proofs: readonly Graded[] };
  readonly ruleIds: readonly string[];
  readonly schemaDiffs: readonly SchemaDiff[];
  readonly history: number;
  readonly notes: readonly string[];
}

/** A proof with the severity that it has here. */
export type Graded = Proof & Pick<Finding, 'severity' | 'category'>;

/** Everything that was found out, as plain data: all that a renderer may look at. */
export function report(parts: Parts): Report {
  const written = parts.judged.flatMap(({ migration, steps }) =>
    allows(
      migration,
      steps.map(step => step.statement),
    ),
  );
  const used = new Set<Allow>();
  const seen = new Map<string, number>();
  const allowed = (rule: string, span: Span): Allow | undefined => written.find(allow => covers(allow, rule, span));
  const allowing = ({ rule, step }: Candidate): Allow | undefined => allowed(rule.id, step.statement.span);
  const live = parts.candidates.filter(candidate => !allowing(candidate));
  const silenced = parts.candidates.filter(candidate => allowing(candidate));
  const findings = [...once(live), ...silenced].map((candidate): Finding => {
    const { rule, step, severity, violation } = candidate;
    const allow = allowing(candidate);
    if (allow) used.add(allow);
    return {
      rule: rule.id,
      severity,
      category: rule.category,
      message: violation.message,
      remedy: violation.remedy ?? null,
      span: step.statement.span,
      evidence: reported(violation.evidence, parts.shown.traced.get(step.statement)),
      fingerprint: unique(fingerprint(rule.id, step.migration.id, violation.evidence), seen),
      allowed: allow ? { reason: allow.reason } : null,
    };
  });
  const proven = parts.shown.proofs.map(({ migration, ...proof }): Finding => {
    const allow = allowed(proof.rule, proof.span);
    if (allow) used.add(allow);
    return {
      ...proof,
      remedy: null,
      evidence: reported(proof.evidence ?? []),
      fingerprint: unique(fingerprint(proof.rule, migration, proof.evidence ?? []), seen),
      allowed: allow ? { reason: allow.reason } : null,
    };
  });
  const complaints = written.flatMap((allow): Finding[] => {
    const wrong = complaint(allow, used.has(allow), parts.ruleIds);
    if (!wrong) return [];
    const severity: Severity = wrong.rule === 'unused-allow' ? 'notice' : 'error';
    const id = unique(fingerprint(wrong.rule, allow.span.file, []), seen);
    return [
      {
        rule: wrong.rule,
        severity,
        category: 'hygiene',
        message: wrong.message,
        remedy: null,
        span: allow.span,
        evidence: [],
        fingerprint: id,
        allowed: null,
      },
    ];
  });
  const all = [...findings, ...proven, ...complaints];
  const blindSpots = [
    ...parts.judged.flatMap(judged => judged.blindSpots.map(spot => settled(spot, parts.shown.settlements))),
    ...parts.shown.blindSpots,
  ];
  return {
    version: parts.version,
    conclusion: conclude(all, blindSpots, parts),
    pg: parts.pg,
    migrations: parts.judged.map(({ migration, steps }) => ({
      id: migration.id,
      file: migration.file,
      framework: migration.framework,
      changed: migration.changed,
      statements: steps.map(step => statementReport(step, parts.shown)),
      rehearsal: parts.shown.rehearsals.get(migration) ?? null,
    })),
    findings: all,
    schemaDiffs: parts.schemaDiffs,
    blindSpots,
    allowances: written.map(allow => allowance(allow, used.has(allow))),
    history: parts.history,
    notes: parts.notes,
  };
}

/** What cannot be seen fails the gate unless told otherwise: it may hide anything. */
function conclude(
  findings: readonly Finding[],
  blindSpots: readonly BlindSpot[],
  { failOn, unparsed }: Verdicts,
): Conclusion {
  const live = findings.filter(finding => finding.allowed === null);
  const fails = (severity: Severity): boolean => failOn === severity || (failOn === 'warning' && severity === 'error');
  const hidden = blindSpots.some(spot => spot.kind === 'syntax' || spot.kind === 'unread');
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
function unique(id: string, seen: Map<string, number>): string {
  const count = (seen.get(id) ?? 0) + 1;
  seen.set(id, count);
  return count === 1 ? id : `${id}-${count}`;
}
