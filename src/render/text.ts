import type { Finding, Report, StatementReport } from '../model/report.ts';
import type { SchemaDiff } from '../model/schema-diff.ts';
import { visibleLine as plain } from '../model/visible.ts';
import { headlineOf } from './headline.ts';
import { rehearsalLines } from './rehearsal.ts';
import { schemaDiffLines } from './schema-diff.ts';
import { statementsOf } from './statement-at.ts';
import { live, verdict } from './verdict.ts';
import { costPhrases } from './work.ts';

const COLOURS = { error: 31, warning: 33, notice: 36, dim: 2, bold: 1, pass: 32, warn: 33, fail: 31 } as const;
type Paint = (text: string, colour: keyof typeof COLOURS) => string;

const LONGEST = 12;

/** For a terminal: findings as they stand in the files, the verdict last. */
export function renderText(
  report: Report,
  { colour = false, schema = false }: { colour?: boolean; schema?: boolean } = {},
): string {
  const statementAt = statementsOf(report);
  const paint: Paint = (text, name) => (colour ? `\u001b[${COLOURS[name]}m${text}\u001b[0m` : text);
  const parts = [
    ...allowed(report, paint),
    ...live(report).map(finding => renderFinding(finding, statementAt(finding.span), paint)),
    ...blind(report, paint),
    ...rehearsed(report, paint),
    ...(schema ? report.schemaDiffs.map(diff => renderSchema(diff, paint)) : []),
    ...report.notes.map(note => paint(plain(note), 'dim')),
    paint(verdict(report), report.conclusion),
  ];
  return `${parts.join('\n\n')}\n`;
}

function renderFinding(finding: Finding, statement: StatementReport | undefined, paint: Paint): string {
  const { span, severity, rule, message, remedy, evidence } = finding;
  const costs = costPhrases(evidence);
  const lines = [
    `${paint(`${plain(span.file)}:${span.line}`, 'bold')}  ${paint(severity, severity)}  ${paint(rule, 'dim')}`,
    ...headlineOf(message).map(line => `  ${plain(line)}`),
    ...(statement ? frame(span.line, statement.sql).map(line => paint(`  ${line}`, 'dim')) : []),
    ...(costs.length > 0 ? [paint(`  Effects: ${plain(costs.join('; '))}`, 'dim')] : []),
  ];
  if (remedy) {
    lines.push(`  ${plain(remedy.text)}`);
    remedy.steps.forEach((step, index) => {
      const number = remedy.steps.length > 1 ? `${index + 1}. ` : '';
      lines.push(`    ${number}${plain(step.title)}`, ...step.sql.split('\n').map(line => `       ${plain(line)}`));
    });
  }
  return lines.join('\n');
}

function frame(first: number, sql: string): string[] {
  const lines = sql.split('\n');
  const excerpt = lines.slice(0, LONGEST).map((line, index) => `${String(first + index).padStart(5)} | ${plain(line)}`);
  return lines.length > LONGEST ? [...excerpt, `      | … ${lines.length - LONGEST} more lines`] : excerpt;
}

const SIGNS = { '+': 'pass', '-': 'fail', '!': 'warn', ' ': 'dim' } as const;

function renderSchema({ root, objects, whole }: SchemaDiff, paint: Paint): string {
  const lines = schemaDiffLines(objects).map(line => paint(plain(line), SIGNS[line[0] as keyof typeof SIGNS]));
  const incomplete = whole ? [] : [paint('  Statements that were not analyzed may change more.', 'dim')];
  return [paint(`Schema of ${plain(root)}`, 'bold'), ...[...lines, ...incomplete].map(line => `  ${line}`)].join('\n');
}

const allowed = (report: Report, paint: Paint): string[] => {
  const used = report.allowances.filter(allowance => allowance.used);
  if (used.length === 0) return [];
  return [
    [
      paint('Suppressed by comments', 'bold'),
      ...used.map(({ rule, reason, span }) => `  ${plain(span.file)}:${span.line}  ${plain(rule)}: ${plain(reason)}`),
    ].join('\n'),
  ];
};

const rehearsed = (report: Report, paint: Paint): string[] => {
  const lines = rehearsalLines(report);
  return lines.length === 0 ? [] : [[paint('Dry run', 'bold'), ...lines.map(line => `  ${plain(line)}`)].join('\n')];
};

const blind = (report: Report, paint: Paint): string[] => {
  if (report.blindSpots.length === 0) return [];
  const where = (span: { file: string; line: number } | null): string =>
    span ? `${plain(span.file)}:${span.line}  ` : '';
  return [
    [
      paint('Not analyzed', 'bold'),
      ...report.blindSpots.map(
        ({ span, because, allowed: by }) =>
          `  ${where(span)}${plain(because)}${by ? ` Suppressed: ${plain(by.reason)}` : ''}`,
      ),
    ].join('\n'),
  ];
};
