import type { SuppressionComment, Suppressions } from './suppressions.ts';
import type { Cost, CostKind, CostOf, Effect } from '../model/effect.ts';
import { keyOf } from '../model/schema.ts';
import type { Severity } from '../model/report.ts';
import type { Step } from '../model/step.ts';
import type { Rule, Violation } from '../model/rule.ts';

/** A violation with the rule and the statement it belongs to. */
export interface Candidate<Id extends string = string> {
  readonly rule: Rule<Id>;
  readonly step: Step;
  readonly severity: Severity;
  readonly violation: Violation;
  /** What allows it here. */
  readonly allow: SuppressionComment | null;
}

/** By rule id; a rule that is absent keeps its own. */
export type Severities = ReadonlyMap<string, Severity | 'off'>;

/** Effects that a rule has given as evidence; `accepted` where that is allowed, or the rule is configured to be off. */
interface Citation {
  readonly rule: Rule;
  readonly accepted: boolean;
  readonly effects: readonly Effect[];
}

/**
 * Runs the rules over the steps. A general rule speaks only of costs that no specific rule has cited, so that nothing
 * dangerous is silent and nothing is said twice. Who accepts one danger accepts no other: the citations of an allowed
 * finding, or of a rule that is configured to be off, count for rules of the same category alone.
 * @throws when a rule throws, naming the rule and the statement
 */
export function check<Id extends string>(
  rules: readonly Rule<Id>[],
  steps: readonly Step[],
  { severities = new Map(), suppressions = null }: { severities?: Severities; suppressions?: Suppressions | null } = {},
): Candidate<Id>[] {
  const specific = rules.filter(rule => !rule.general);
  const general = rules.filter(rule => rule.general);
  return steps.flatMap(step => {
    const citations: Citation[] = [];
    const candidates: Candidate<Id>[] = [];
    const run = (rule: Rule<Id>, at: Step, cited: ReadonlySet<Effect>): void => {
      for (const violation of violations(rule, at, cited)) {
        const severity = severityOf(rule, violation, severities.get(rule.id));
        const allow = severity === 'off' ? null : (suppressions?.for(rule.id, step.statement.span) ?? null);
        // A certain failure is said as one: a rule about another danger does not replace it.
        const effects = violation.evidence.filter(effect => rule.category === 'failure' || !isCertainFailure(effect));
        // Style that nobody asked for cites nothing.
        if (rule.severity !== 'off') citations.push({ rule, accepted: allow !== null || severity === 'off', effects });
        if (severity !== 'off') candidates.push({ rule, step, severity, violation, allow });
      }
    };
    const reduced = withoutFreeWork(step);
    for (const rule of specific) run(rule, reduced, effectsOf(citations));
    for (const rule of general) {
      const cited = effectsOf(citations.filter(one => !one.accepted || one.rule.category === rule.category));
      const costs = reduced.costs.filter(cost => cost.kind === 'lock' || !cited.has(cost));
      run(rule, costs.length === reduced.costs.length ? reduced : { ...reduced, costs }, cited);
    }
    return leading(candidates);
  });
}

/** A table that the transaction has emptied costs nothing to read or to write again, and has no row that fails a check. */
function withoutFreeWork(step: Step): Step {
  const { relations } = step.before;
  const isFree = (cost: Cost): boolean =>
    OF_ROWS.has(cost.kind) && cost.relation !== null && relations.get(keyOf(cost.relation))?.emptied === true;
  return step.costs.some(isFree) ? { ...step, costs: step.costs.filter(cost => !isFree(cost)) } : step;
}

const OF_ROWS: ReadonlySet<CostKind> = new Set(['rewrite', 'scan', 'build-index', 'new-file', 'reject']);

const isCertainFailure = (effect: Effect): effect is CostOf<'fail'> =>
  effect.kind === 'fail' && effect.certainty !== 'may';

/**
 * What fails comes first. The statement then takes no lock for long, so its locks and scans are not reported beside it;
 * unless it fails for the transaction around it alone (25001), or the failure is suppressed.
 */
function leading<Id extends string>(candidates: readonly Candidate<Id>[]): Candidate<Id>[] {
  const [failures, others] = [candidates.filter(isFailure), candidates.filter(one => !isFailure(one))];
  const stops = failures.some(
    ({ allow, violation }) =>
      allow === null && violation.evidence.some(effect => isCertainFailure(effect) && effect.sqlstate !== '25001'),
  );
  return [...failures, ...(stops ? others.filter(({ rule }) => rule.category !== 'locks') : others)];
}

const isFailure = ({ rule }: Candidate): boolean => rule.category === 'failure';

const NONE: ReadonlySet<Effect> = new Set();
const effectsOf = (citations: readonly Citation[]): ReadonlySet<Effect> =>
  citations.length === 0 ? NONE : new Set(citations.flatMap(({ effects }) => effects));

function violations(rule: Rule, step: Step, cited: ReadonlySet<Effect>): readonly Violation[] {
  try {
    return [...rule.check(step, cited)];
  } catch (error) {
    const { file, line } = step.statement.span;
    throw new Error(`the rule ${rule.id} failed on ${file}:${line}`, { cause: error });
  }
}

/** What the configuration says wins over the violation, and that over the rule. */
const severityOf = (rule: Rule, violation: Violation, configured: Severity | 'off' | undefined): Severity | 'off' => {
  if (configured !== undefined) return configured;
  return rule.severity === 'off' ? 'off' : (violation.severity ?? rule.severity);
};

const NAMED = 3;

/** Of a rule that is to speak once, the first candidate, which names the places of the rest; all others as they are. */
export function once<Id extends string>(candidates: readonly Candidate<Id>[]): Candidate<Id>[] {
  const places = new Map<Rule, Candidate<Id>[]>();
  for (const one of candidates) if (one.rule.once) places.set(one.rule, [...(places.get(one.rule) ?? []), one]);
  const reportedRules = new Set<Rule>();
  return candidates.flatMap(candidate => {
    const { rule, violation } = candidate;
    if (!rule.once || reportedRules.has(rule)) return rule.once ? [] : [candidate];
    reportedRules.add(rule);
    const others = (places.get(rule) ?? []).filter(({ step }) => step !== candidate.step);
    if (others.length === 0) return [candidate];
    const otherPlaces = others
      .slice(0, NAMED)
      .map(({ step: { statement } }) => `${statement.span.file}:${statement.span.line}`);
    const more = others.length > NAMED ? ` and ${others.length - NAMED} more` : '';
    const related = besides(candidate, others);
    const message = `${violation.message} The same at ${otherPlaces.join(', ')}${more}.${related}`;
    return [{ ...candidate, violation: { ...violation, message } }];
  });
}

/** What the first of the other places adds. */
function besides({ rule, violation }: Candidate, others: readonly Candidate[]): string {
  for (const other of others) {
    const said = rule.beside?.(violation, other.violation) ?? null;
    const { file, line } = other.step.statement.span;
    if (said !== null) return ` ${file}:${line} ${said}`;
  }
  return '';
}
