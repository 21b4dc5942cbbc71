import type { Report } from '../model/report.ts';

/** The report as it is; docs/report.schema.json describes it. */
export const renderJson = (report: Report): string => `${JSON.stringify(report, withoutCauses, 2)}\n`;

/** A cost's cause is a change that stands beside it, and would only be repeated. */
function withoutCauses(key: string, value: unknown): unknown {
  return key === 'cause' ? undefined : value;
}
