import type { Report } from '../model/report.ts';

/** The report as it is; docs/report.schema.json describes it. */
export const renderJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;
