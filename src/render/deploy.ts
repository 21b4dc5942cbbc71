import type { DeployReport, DeployVerdict, MigrationState } from '../model/deploy-report.ts';
import type { PreflightCheck } from '../model/preflight.ts';
import { visibleJson, visibleLine as plain } from '../model/visible.ts';
import { code, inline } from './escape.ts';

const COLOURS: Readonly<Record<DeployVerdict, number>> = { go: 32, warn: 33, block: 31, 'could-not-judge': 31 };

const TITLES: Readonly<Record<DeployVerdict, string>> = {
  go: 'Go: the tool applies what is pending, and nothing is unusual.',
  warn: 'Go, with warnings.',
  block: 'Blocked.',
  'could-not-judge': 'Whether the migrations can be deployed is unknown.',
};

/** What was found, for a person, a program or a pull request. */
export function renderDeploy(report: DeployReport, format: 'text' | 'json' | 'markdown', colour: boolean): string {
  if (format === 'json') return `${visibleJson(JSON.stringify(report, null, 2))}\n`;
  return format === 'text' ? renderText(report, colour) : renderMarkdown(report);
}

/** Applied as it stands here, and nothing to say of it. */
const isQuiet = ({ state, next }: MigrationState): boolean =>
  (state === 'applied' || state === 'baseline') && next === 'nothing';

function renderText(report: DeployReport, colour: boolean): string {
  const { verdict, reasons, hint, migrations, notes } = report;
  const paint = (text: string): string => (colour ? `\u001b[${COLOURS[verdict]}m${text}\u001b[0m` : text);
  const listed = migrations.filter(one => !isQuiet(one));
  const wide = Math.max(0, ...listed.map(({ state }) => state.length));
  const rows = listed.flatMap(({ id, file, state, next, because }) => [
    `${state.padEnd(wide)}  ${plain(id)}  → ${next}${file === null ? '' : `  (${plain(file)})`}`,
    `${' '.repeat(wide)}  ${plain(because)}`,
  ]);
  const reasonsOnly = migrations.length === 0 ? reasons.map(plain) : [];
  const parts = [
    ...historyLines(report),
    ...(rows.length === 0 ? [] : [rows.join('\n')]),
    ...checkLines(report.preflight),
    ...(verdict === 'could-not-judge' && reasonsOnly.length === 0 ? reasons.map(plain) : reasonsOnly),
    ...notes.map(plain),
    paint(`${TITLES[verdict]} ${countOf(migrations)}`.trimEnd()),
    ...(hint === null ? [] : [plain(hint)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

const SHOWN = 10;

/** What the checks of the live database found; those that passed are only counted. */
function checkLines(checks: readonly PreflightCheck[]): string[] {
  const found = checks.filter(({ status }) => status !== 'pass');
  const wide = Math.max(0, ...found.map(({ status }) => status.length));
  const lines = found.map(({ id, status, message, objects, hint }) =>
    [
      `${status.padEnd(wide)}  ${id}: ${plain(message)}`,
      ...objects.slice(0, SHOWN).map(object => `${' '.repeat(wide)}    ${plain(object)}`),
      ...(objects.length > SHOWN ? [`${' '.repeat(wide)}    and ${objects.length - SHOWN} more`] : []),
      ...(hint === null ? [] : [`${' '.repeat(wide)}  ${plain(hint)}`]),
    ].join('\n'),
  );
  const passed = checks.length - found.length;
  return [...lines, ...(passed > 0 ? [`${passed} of ${checks.length} checks of the live database passed.`] : [])];
}

const historyLines = ({ database, histories }: DeployReport): string[] =>
  histories.length === 0
    ? []
    : [
        histories
          .map(
            ({ tool, roots, table, rows, checksum }) =>
              `${tool}, ${roots.map(plain).join(', ')}: ${rows} rows in ${plain(table ?? '')} of ${plain(database?.name ?? '')}${checksum === null ? '' : `; compared: ${checksum}`}`,
          )
          .join('\n'),
      ];

const COUNTED: readonly (readonly [MigrationState['next'], string])[] = [
  ['apply', 'to apply'],
  ['apply late', 'to apply late'],
  ['run twice', 'to run twice'],
  ['skip saying ok', 'skipped'],
  ['refuse', 'refused'],
  ['not reached', 'not reached'],
];

function countOf(migrations: readonly MigrationState[]): string {
  if (migrations.length === 0) return '';
  const applied = migrations.filter(isQuiet).length;
  const others = COUNTED.flatMap(([next, words]) => {
    const count = migrations.filter(one => one.next === next).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return `${[`${applied} applied`, ...others].join(', ')}.`;
}

const ICONS: Readonly<Record<DeployVerdict, string>> = { go: '✅', warn: '⚠️', block: '🛑', 'could-not-judge': '🛑' };

function renderMarkdown(report: DeployReport): string {
  const { verdict, reasons, hint, migrations, notes } = report;
  const listed = migrations.filter(one => !isQuiet(one));
  const table =
    listed.length === 0
      ? []
      : [
          [
            '| Migration | State | Next | |',
            '| --- | --- | --- | --- |',
            ...listed.map(
              ({ id, state, next, because }) => `| ${code(id)} | ${state} | ${next} | ${inline(because)} |`,
            ),
          ].join('\n'),
        ];
  const parts = [
    `### ${ICONS[verdict]} ${TITLES[verdict]} ${countOf(migrations)}`.trimEnd(),
    ...(verdict === 'could-not-judge' ? reasons.map(one => inline(one)) : []),
    ...(hint === null ? [] : [inline(hint)]),
    ...table,
    ...checkTable(report.preflight),
    ...notes.map(one => inline(one)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function checkTable(checks: readonly PreflightCheck[]): string[] {
  const found = checks.filter(({ status }) => status !== 'pass');
  if (checks.length === 0) return [];
  const passed = `${checks.length - found.length} of ${checks.length} checks of the live database passed.`;
  if (found.length === 0) return [passed];
  const rows = found.map(({ id, status, message, objects, hint }) => {
    const more = objects.length > SHOWN ? [`and ${objects.length - SHOWN} more`] : [];
    const parts = [
      inline(message),
      ...objects.slice(0, SHOWN).map(code),
      ...more,
      ...(hint === null ? [] : [inline(hint)]),
    ];
    return `| \`${id}\` | ${status} | ${parts.join('<br>')} |`;
  });
  return [['| Check | Status | |', '| --- | --- | --- |', ...rows].join('\n'), passed];
}
