import type { Report, StatementReport } from '../model/report.ts';
import type { Span } from '../model/source.ts';

const key = ({ file, line }: Span): string => `${line}:${file}`;

/** Looks statements up by where they begin; of several on one line the first. */
export function statementsOf(report: Report): (span: Span) => StatementReport | undefined {
  const known = new Map<string, StatementReport>();
  for (const { statements } of report.migrations)
    for (const statement of statements) if (!known.has(key(statement.span))) known.set(key(statement.span), statement);
  return span => known.get(key(span));
}
