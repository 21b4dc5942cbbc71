import type { Report, Severity } from '../model/report.ts';
import { withoutCommands, visible, visibleLine } from '../model/visible.ts';
import { live, worstFirst } from './verdict.ts';

export interface Annotation {
  readonly level: Severity;
  readonly title: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
}

/** The runner cuts messages at 4,096 characters (ExecutionContext.cs). */
const LONGEST = 4000;

/** Worst first; what was not analyzed is a warning. */
export function annotations(report: Report): Annotation[] {
  const findings = worstFirst(live(report)).map(({ severity, rule, message, remedy, span }): Annotation => {
    const text = [visibleLine(message), remedy?.text ?? '', ...(remedy?.steps ?? []).map(step => step.sql)]
      .filter(part => part !== '')
      .join('\n');
    return { level: severity, title: visibleLine(rule), message: visible(text).slice(0, LONGEST), ...span };
  });
  const spots = report.blindSpots.flatMap(({ span, because }): Annotation[] =>
    span ? [{ level: 'warning', title: 'not analyzed', message: visibleLine(because).slice(0, LONGEST), ...span }] : [],
  );
  return [...findings, ...spots];
}

const escapeData = (text: string): string =>
  withoutCommands(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Workflow commands, for `--format github` (github.com/actions/toolkit, command.ts, escapes the same). */
export const renderGithub = (report: Report): string =>
  annotations(report)
    .map(
      ({ level, title, message, file, line, endLine }) =>
        `::${level} file=${escapeProperty(visible(file))},line=${line},endLine=${endLine},title=${escapeProperty(title)}::${escapeData(message)}\n`,
    )
    .join('');
