import type { Effect } from './model/effect.ts';
import type { Severity } from './model/report.ts';
import type { Step } from './model/step.ts';
import type { Rule, Violation } from './rule.ts';

/** A violation with the rule and the statement it belongs to. */
export interface Candidate {
  readonly rule: Rule;
  readonly step: Step;
  readonly severity: Severity;
  readonly violation: Violation;
}

/** By rule id; a rule that is absent keeps its own. */
export type Severities = ReadonlyMap<string, Severity | 'off'>;

/**
 * Runs the rules over the steps. A general rule speaks only of costs that no specific rule has cited, so that nothing
 * dangerous is silent and nothing is said twice.
 * @throws when a rule throws, naming the rule and the statement
 */
export function check(rules: readonly Rule[], steps: readonly Step[], severities: Severities = new Map()): Candidate[] {
  const specific = rules.filter(rule => !rule.general);
  const general = rules.filter(rule => rule.general);
  return steps.flatMap(step => {
    const cited = new Set<Effect>();
    const found = specific.flatMap(rule => violations(rule, step, cited));
    for (const rule of general) {
      const costs = step.costs.filter(cost => cost.kind === 'lock' || !cited.has(cost));
      found.push(...violations(rule, costs.length === step.costs.length ? step : { ...step, costs }, cited));
    }
    return found.flatMap(({ rule, violation }): Candidate[] => {
      const severity = severityOf(rule, violation, severities.get(rule.id));
      return severity === 'off' ? [] : [{ rule, step, severity, violation }];
    });
  });
}

/** A rule that somebody has switched off still cites: its costs are known and accepted. Style does not. */
function violations(rule: Rule, step: Step, cited: Set<Effect>): { rule: Rule; violation: Violation }[] {
  try {
    return [...rule.check(step, cited)].map(violation => {
      const severity = violation.severity ?? rule.severity;
      if (rule.severity !== 'off')
        for (const effect of violation.evidence)
          // What certainly fails is an error, whatever else there is to say of it.
          if (severity === 'error' || effect.kind !== 'fail' || effect.certainty === 'may') cited.add(effect);
      return { rule, violation };
    });
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

/** Of a rule that is to speak once, the first candidate, which counts the rest; all others as they are. */
export function once(candidates: readonly Candidate[]): Candidate[] {
  const counts = new Map<Rule, number>();
  for (const { rule } of candidates) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const told = new Set<Rule>();
  return candidates.flatMap(candidate => {
    const { rule, violation } = candidate;
    if (!rule.once || told.has(rule)) return rule.once ? [] : [candidate];
    told.add(rule);
    const more = (counts.get(rule) ?? 1) - 1;
    if (more === 0) return [candidate];
    const message = `${violation.message} The same goes for ${more} more ${more === 1 ? 'place' : 'places'} in these migrations.`;
    return [{ ...candidate, violation: { ...violation, message } }];
  });
}
