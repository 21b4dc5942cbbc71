import type { Options } from '../../config/options.ts';
import type { DeployReport, DeployVerdict } from '../../model/deploy-report.ts';
import type { PreflightCheck } from '../../model/preflight.ts';
import { CHECKS } from './checks.ts';
import { actionsOf } from './limits.ts';

/** The most serious first. What is certain to block says more than what is unknown. */
const ORDER: readonly DeployVerdict[] = ['block', 'could-not-judge', 'warn', 'go'];

/** The report on the history, with what the checks of the live database found. */
export function withPreflight(
  report: DeployReport,
  preflight: readonly PreflightCheck[],
  options: Pick<Options, 'preflight'>,
): DeployReport {
  const actions = actionsOf(options);
  const meaning = (check: PreflightCheck): DeployVerdict => {
    const action = actions.get(check.id);
    if (check.status === 'pass') return 'go';
    if (action !== undefined && action !== 'off') return action;
    return check.status === 'unknown' ? CHECKS[check.id].ifUnknown : check.status;
  };
  const off = [...actions].flatMap(([id, action]) => (action === 'off' ? [id] : []));
  const found = (verdict: DeployVerdict): PreflightCheck[] => preflight.filter(one => meaning(one) === verdict);
  const said = (checks: readonly PreflightCheck[]): Saying[] =>
    checks.map(({ id, message, hint }) => ({ reason: `${id}: ${message}`, hint }));
  const ofHistory: readonly Saying[] = report.reasons.map((reason, at) => ({
    reason,
    hint: at === 0 ? report.hint : null,
  }));
  const groups = ORDER.flatMap(verdict => [
    ...(report.verdict === verdict ? ofHistory : []),
    ...(verdict === 'go' ? [] : said(found(verdict))),
  ]);
  return {
    ...report,
    verdict: ORDER.find(verdict => report.verdict === verdict || found(verdict).length > 0) ?? report.verdict,
    reasons: groups.map(({ reason }) => reason),
    hint: groups[0]?.hint ?? report.hint,
    preflight,
    notes: [
      ...report.notes,
      ...(off.length === 0 ? [] : [`Checks of the live database that are off: ${off.join(', ')}.`]),
    ],
  };
}

interface Saying {
  readonly reason: string;
  readonly hint: string | null;
}
