import type { Report } from '../model/report.ts';
import { visibleJson } from '../model/visible.ts';

/** The report as it is; docs/report.schema.json describes it. */
export const renderJson = (report: Report): string => `${visibleJson(JSON.stringify(report, null, 2))}\n`;
