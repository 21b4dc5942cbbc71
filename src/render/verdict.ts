import type { Finding, Report } from '../model/report.ts';

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

export const live = (report: Report): readonly Finding[] => report.findings.filter(finding => finding.allowed === null);

export const bySeverity = (report: Report): Readonly<Record<Finding['severity'], number>> => {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const finding of live(report)) counts[finding.severity] += 1;
  return counts;
};

/** Worst first, then as the files stand. */
const RANK = { error: 0, warning: 1, notice: 2 } as const;
export const worstFirst = (findings: readonly Finding[]): Finding[] =>
  findings
    .map((finding, at) => ({ finding, at }))
    .sort((a, b) => RANK[a.finding.severity] - RANK[b.finding.severity] || a.at - b.at)
    .map(({ finding }) => finding);

const SAYS = { pass: 'passed', warn: 'passed with warnings', fail: 'failed' } as const;

/** `The gate failed: 2 errors, 1 warning in 3 migrations.` */
export function verdict(report: Report): string {
  if (report.migrations.length === 0 && report.blindSpots.length === 0 && report.findings.length === 0)
    return `The gate ${SAYS[report.conclusion]}: no migration changed.`;
  const counts = bySeverity(report);
  const parts = (['error', 'warning', 'notice'] as const).flatMap(severity =>
    counts[severity] > 0 ? [count(counts[severity], severity)] : [],
  );
  const spots = report.blindSpots.length > 0 ? [`${report.blindSpots.length} not analyzed`] : [];
  const phrases = [...parts, ...spots];
  const where = report.migrations.length > 0 ? ` in ${count(report.migrations.length, 'migration')}` : '';
  return `The gate ${SAYS[report.conclusion]}: ${phrases.length > 0 ? phrases.join(', ') : 'no findings'}${where}.`;
}
