import type { Finding, MigrationReport, Report, StatementReport } from '../model/report.ts';
import { block, code, inline } from './escape.ts';
import { headlineOf } from './headline.ts';
import { rehearsalSections } from './rehearsal.ts';
import { schemaDiffSections } from './schema-diff.ts';
import { statementsOf } from './statement-at.ts';
import { count, live, verdict, worstFirst } from './verdict.ts';
import { blocking, filesNotSeen, costPhrases } from './work.ts';

const MARKS = { error: '🛑', warning: '⚠️', notice: 'ℹ️' } as const;
const SIGNS = { pass: '✅', warn: '⚠️', fail: '🛑' } as const;

type Detail = 'full' | 'lean' | 'short' | 'list' | 'counts';
const DETAILS: readonly Detail[] = ['full', 'lean', 'short', 'list', 'counts'];
/** What is said of the schema gives way before what is said of a finding. */
const SCHEMA: Readonly<Partial<Record<Detail, { lines: number; diagrams: boolean }>>> = {
  full: { lines: 200, diagrams: true },
  lean: { lines: 40, diagrams: false },
};

/**
 * The comment and the job summary. Of full, less of the schema, shorter, list and counts the first that has at most `limit` UTF-8 bytes:
 * GitHub refuses comments of more than 65,536 characters and summaries of more than 1 MiB.
 */
export function renderMarkdown(report: Report, { limit }: { limit: number }): string {
  for (const detail of DETAILS) {
    const text = render(report, detail);
    if (Buffer.byteLength(text) <= limit) return text;
  }
  return `${title(report)}\n`;
}

const title = (report: Report): string =>
  `### ${SIGNS[report.conclusion]} ${verdict(report).replace(/^The gate/, 'Migration Gate')}`;

function render(report: Report, detail: Detail): string {
  const parts = [title(report)];
  if (detail !== 'counts') parts.push(...table(report), ...allowances(report));
  const findings = worstFirst(live(report));
  const statementAt = statementsOf(report);
  if (detail === 'full' || detail === 'lean' || detail === 'short')
    parts.push(...findings.map(finding => findingSection(finding, statementAt(finding.span), detail === 'short')));
  if (detail === 'list') parts.push(findings.map(f => `- ${MARKS[f.severity]} ${place(f)} ${code(f.rule)}`).join('\n'));
  if (detail === 'counts') parts.push('The report is too long to be shown here; see the report file of the run.');
  else parts.push(...blindSpots(report));
  const schema = SCHEMA[detail];
  if (schema) parts.push(...rehearsalSections(report, schema), ...schemaDiffSections(report.schemaDiffs, schema));
  parts.push(...report.notes.map(inline), footer(report));
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

const place = ({ span }: Pick<Finding, 'span'>): string => code(`${span.file}:${span.line}`);

function table(report: Report): string[] {
  if (report.migrations.length === 0) return [];
  const risk = risks(report);
  const unseen = filesNotSeen(report);
  const rows = report.migrations.map(
    migration => `| ${risk(migration)} | ${code(migration.file)} | ${blocks(migration, unseen.has(migration.file))} |`,
  );
  return [['| | Migration | Blocks |', '| --- | --- | --- |', ...rows].join('\n')];
}

/** The worst of a file's findings as a sign; a question where something was not analyzed. */
function risks(report: Report): (migration: MigrationReport) => string {
  const worst = new Map<string, string>();
  for (const { span } of report.blindSpots) if (span) worst.set(span.file, '❔');
  for (const { span, severity } of worstFirst(live(report)).reverse()) worst.set(span.file, MARKS[severity]);
  return ({ file }) => worst.get(file) ?? '✅';
}

/** What was not analyzed may block anything. */
function blocks(migration: MigrationReport, isPartlySeen: boolean): string {
  const parts = blocking(migration).map(({ relation, what, work }) => `${what} of ${code(relation)} ${work}`);
  if (isPartlySeen) return parts.length === 0 ? 'unknown' : [...parts, 'possibly more'].join('<br>');
  return parts.length === 0 ? 'nothing' : parts.join('<br>');
}

function findingSection(finding: Finding, statement: StatementReport | undefined, short: boolean): string {
  const { rule, severity, message, evidence, remedy } = finding;
  const lines = (statement?.sql ?? '').split('\n');
  const most = short ? 6 : 40;
  const sql = lines.length > most ? [...lines.slice(0, most), `-- … ${lines.length - most} more lines`] : lines;
  const costs = costPhrases(evidence);
  const [headline = '', detail = ''] = headlineOf(message);
  const parts = [
    `#### ${MARKS[severity]} ${inline(headline)}`,
    `${place(finding)} · ${code(rule)}`,
    inline(detail),
    statement ? block(sql.join('\n').slice(0, 4000)) : '',
    costs.length > 0 ? `Effects: ${costs.map(inline).join('; ')}.` : '',
    remedy ? wayOut(remedy, short) : '',
  ];
  return parts.filter(part => part !== '').join('\n\n');
}

function wayOut(remedy: NonNullable<Finding['remedy']>, short: boolean): string {
  const many = remedy.steps.length > 1;
  const steps = short
    ? []
    : remedy.steps.map(
        ({ title, sql }, index) => `${many ? `**${index + 1}.** ` : ''}${inline(title)}\n\n${block(sql)}`,
      );
  const body = [remedyText(remedy.text), ...steps].join('\n\n');
  const summary = many ? `Safe alternative, in ${count(remedy.steps.length, 'deploy')}` : 'Safe alternative';
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** The rule's own Markdown, in which only names come from the pull request: code spans stay, all else is made inline text. */
const remedyText = (text: string): string =>
  text
    .split(/(`[^`\n]*`)/)
    .map((part, at) => (at % 2 === 1 ? code(part.slice(1, -1)) : inline(part)))
    .join('');

function blindSpots({ blindSpots: spots }: Report): string[] {
  if (spots.length === 0) return [];
  const rows = spots.map(
    ({ span, because, allowed }) =>
      `- ${span ? `${code(`${span.file}:${span.line}`)} ` : ''}${inline(because)}${allowed ? ` Suppressed: ${inline(allowed.reason)}` : ''}`,
  );
  return [`**Not analyzed** (${spots.length}): these statements were not checked.`, fold(rows, 'Where')];
}

function allowances({ allowances: all }: Report): string[] {
  const used = all.filter(allowance => allowance.used);
  if (used.length === 0) return [];
  return [
    `**Suppressed by comments in this change**`,
    fold(
      used.map(({ rule, reason, span }) => `- ${code(`${span.file}:${span.line}`)} ${code(rule)}: ${inline(reason)}`),
      count(used.length, 'suppression'),
    ),
  ];
}

const fold = (rows: readonly string[], summary: string): string =>
  rows.length <= 5 ? rows.join('\n') : `<details><summary>${summary}</summary>\n\n${rows.join('\n')}\n\n</details>`;

const footer = ({ pg, history }: Report): string =>
  `<sub>Checked for Postgres ${pg}, after replaying ${count(history, 'earlier migration')}.</sub>`;
