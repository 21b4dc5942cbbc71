import type { Report, StatementReport } from '../model/report.ts';
import type { Span } from '../model/source.ts';

const key = ({ file, line }: Span): string => `${line}:${file}`;

/** Looks statements up by where they begin; of several on one line the first. */
export function statementsOf(report: Report): (span: Span) => StatementReport | undefined {
  const bySpan = new Map<string, StatementReport>();
  for (const { statements } of report.migrations)
    for (const statement of statements)
      if (!bySpan.has(key(statement.span))) bySpan.set(key(statement.span), statement);
  return span => bySpan.get(key(span));
}
