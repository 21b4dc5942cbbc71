import type { FindingKind } from '../model/finding-kind.ts';
import type { BlindSpot, Finding, Report } from '../model/report.ts';
import type { Span } from '../model/source.ts';
import { visible, visibleJson, visibleLine } from '../model/visible.ts';

const LEVELS = { error: 'error', warning: 'warning', notice: 'note' } as const;
const PROJECT = 'https://github.com/pg-migration-gate/pg-migration-gate';

/** SARIF 2.1.0 for GitHub code scanning. What was not analyzed stands among the tool's notifications (§3.58). */
export function renderSarif(report: Report, kinds: readonly FindingKind[]): string {
  const reported = new Set(report.findings.map(finding => finding.rule));
  const driver = {
    name: 'Migration Gate',
    semanticVersion: report.version,
    informationUri: PROJECT,
    rules: kinds.filter(kind => reported.has(kind.id)).map(describe),
  };
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: report.blindSpots.map(notification) }],
    results: report.findings.map(result),
  };
  const sarif = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${visibleJson(JSON.stringify(sarif, null, 2))}\n`;
}

const describe = ({ id, summary, why }: FindingKind): object => ({
  id,
  shortDescription: { text: summary },
  fullDescription: { text: summary },
  helpUri: `${PROJECT}/blob/main/docs/rules/${id}.md`,
  help: { text: why.trim(), markdown: why.trim() },
});

const result = ({ rule, severity, message, remedy, span, fingerprint, allowed }: Finding): object => ({
  ruleId: rule,
  level: LEVELS[severity],
  message: {
    text: [
      visibleLine(message),
      ...(remedy ? [remedy.text, ...remedy.steps.map(step => step.sql)].map(visible) : []),
    ].join('\n'),
  },
  locations: [location(span)],
  partialFingerprints: { 'migrationGate/v1': fingerprint },
  ...(allowed ? { suppressions: [{ kind: 'inSource', justification: visibleLine(allowed.reason) }] } : {}),
});

const notification = ({ span, because }: BlindSpot): object => ({
  level: 'warning',
  message: { text: `Not analyzed: ${visibleLine(because)}` },
  ...(span ? { locations: [location(span)] } : {}),
});

const location = ({ file, line, endLine }: Span): object => ({
  physicalLocation: {
    artifactLocation: {
      uri: file
        .split('/')
        .map(part => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')))
        .join('/'),
      uriBaseId: '%SRCROOT%',
    },
    region: { startLine: line, endLine },
  },
});
