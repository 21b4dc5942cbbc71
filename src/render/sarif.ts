import type { Report } from '../model/report.ts';

export interface RuleText {
  readonly id: string;
  readonly summary: string;
  readonly why: string;
}

const LEVELS = { error: 'error', warning: 'warning', notice: 'note' } as const;

/** SARIF 2.1.0 for GitHub code scanning. */
export function renderSarif(report: Report, rules: readonly RuleText[]): string {
  const named = new Set(report.findings.map(finding => finding.rule));
  const described = rules
    .filter(rule => named.has(rule.id))
    .map(({ id, summary, why }) => ({
      id,
      shortDescription: { text: summary },
      fullDescription: { text: summary },
      help: { text: why.trim(), markdown: why.trim() },
    }));
  const results = report.findings.map(({ rule, severity, message, span, fingerprint, allowed }) => ({
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(span.file), uriBaseId: '%SRCROOT%' },
          region: { startLine: span.line, endLine: span.endLine },
        },
      },
    ],
    partialFingerprints: { 'migrationGate/v1': fingerprint },
    ...(allowed ? { suppressions: [{ kind: 'inSource', justification: allowed.reason }] } : {}),
  }));
  const driver = {
    name: 'Migration Gate',
    semanticVersion: report.version,
    informationUri: 'https://github.com/pg-migration-gate/pg-migration-gate',
    rules: described,
  };
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(sarif, null, 2)}\n`;
}
