import { UserError } from '../model/errors.ts';
import { GROUPS, HELP_LINES, type Group, type HelpLine } from './help-lines.ts';
import { renamed } from './names.ts';
import { suggestion } from './nearest.ts';
import { OPTIONS, type OptionSpec } from './options.ts';

/** How the terminal shows text. */
export interface Look {
  /** Characters in a line. */
  readonly width: number;
  /** Headings stand out. */
  readonly bold: boolean;
}

type Row = readonly [term: string, text: string];

const SPECS = new Map(Object.entries(OPTIONS as Readonly<Record<string, OptionSpec>>));
const LINES = Object.entries(HELP_LINES);
const COLUMN = 30;

const CHECK = 'migration-gate check [OPTION...] [GLOB...]';
const EXPLAIN = 'migration-gate explain ID...';
const DEPLOY = 'migration-gate deploy [OPTION...] [GLOB...]';
const HISTORY = 'migration-gate history [OPTION...]';
const COMMANDS: readonly Row[] = [
  [CHECK, 'Check the changed migrations'],
  [EXPLAIN, 'Explain a rule or a finding'],
  [DEPLOY, 'Say what a deploy would apply'],
  [HISTORY, 'Print the history of a database'],
  ['migration-gate help check', 'Describe all options'],
  ['migration-gate help OPTION', 'Describe one option in full'],
];
const OVERVIEW = [
  ['Input'],
  ['Result'],
  ['Testing on a server', 'Commands of the repository'],
  ['Output'],
] as const satisfies readonly (readonly Group[])[];
const EXIT = 'Exit status: 0 passed, 1 failed, 2 the check could not run.';

/**
 * The help on some topics, which are commands and options; the overview where there are none.
 * @throws UserError for a topic that does not exist
 */
export const helpOn = (topics: readonly string[], look: Look): string =>
  topics.length === 0 ? overview(look) : topics.map(topic => about(topic, look)).join('\n');

function overview(look: Look): string {
  const rows = (group: Group): Row[] =>
    LINES.filter(([, line]) => line.group === group && line.overview !== undefined).map(([name, line]) => [
      termOf(name, line),
      line.overview === true ? line.brief : (line.overview ?? ''),
    ]);
  return sheet([
    wrapped('Checks Postgres migrations for blocking locks, lost data and failing statements.', look.width),
    section('Usage', COMMANDS, look, 47),
    ...OVERVIEW.map(groups => section(groups[0], groups.flatMap(rows), look)),
    wrapped(EXIT, look.width),
  ]);
}

function about(topic: string, look: Look): string {
  if (topic === 'check') return checkHelp(look);
  if (topic === 'explain') return explainHelp(look);
  if (topic === 'deploy') return deployHelp(topic, look);
  // A command and an option.
  if (topic === 'history') return `${deployHelp(topic, look)}\n${optionHelp(topic, look)}`;
  if (topic === 'help') return overview(look);
  const name = topic.replace(/^--?(?:no-(?!$))?/, '');
  const long = LINES.find(([, { short }]) => topic === `-${short ?? ''}`)?.[0] ?? renamed(name) ?? name;
  if (HELP_LINES[long] !== undefined || SPECS.has(long)) return optionHelp(long, look);
  const topics = [...new Set(['check', 'explain', 'deploy', 'history', ...Object.keys(HELP_LINES), ...SPECS.keys()])];
  throw new UserError(`Unknown command or option: "${topic}".${suggestion(name, topics)}`, {
    hint: 'All options: migration-gate help check. Rules and findings: migration-gate explain ID.',
  });
}

const EXAMPLES = [
  'migration-gate check --base origin/main',
  'migration-gate check --changed db/migrate/0042_email.sql',
  "migration-gate check 'db/*.sql' --all -f json -o report.json",
];

const checkHelp = (look: Look): string =>
  sheet([
    wrapped(`Usage: ${CHECK}`, look.width),
    wrapped(
      'Checks the migrations that the branch changes. GLOB names migration files or directories; by default, the migration tool is detected. Options can also be set in .migration-gate.yml (docs/config.md).',
      look.width,
    ),
    ...GROUPS.filter(group => group !== 'Deploy').map(group =>
      section(
        group,
        LINES.filter(([, line]) => line.group === group).map(([name, line]) => [termOf(name, line), line.brief]),
        look,
      ),
    ),
    `${emphasized('Examples', look.bold)}\n${EXAMPLES.map(line => `  ${line}\n`).join('')}`,
    wrapped(
      `${EXIT}\nSuppress a finding with a comment next to the statement:\n  -- migration-gate: allow RULE: reason`,
      look.width,
    ),
  ]);

const explainHelp = ({ width }: Look): string =>
  sheet([
    wrapped(`Usage: ${EXPLAIN}`, width),
    wrapped(
      'Explains rules and findings by their id, with examples and the safe alternative. docs/rules.md lists the ids.',
      width,
    ),
  ]);

const DEPLOY_FLAGS = [
  ...['database-url', 'history', 'history-table', 'migration-role', 'preflight', 'preflight-limits'],
  ...['paths', 'framework', 'config', 'format', 'output'],
];
const HISTORY_FLAGS = ['database-url', 'history-table', 'framework', 'config', 'output'];
const DEPLOY_EXAMPLES = [
  'migration-gate deploy --database-url DATABASE_URL',
  'migration-gate history --database-url DATABASE_URL > history.json',
  'migration-gate deploy --history history.json -f json',
];

const deployHelp = (topic: 'deploy' | 'history', look: Look): string =>
  sheet([
    wrapped(`Usage: ${topic === 'deploy' ? DEPLOY : HISTORY}`, look.width),
    wrapped(
      topic === 'deploy'
        ? 'Compares the migrations of the checkout with the migration history of a database, says what the migration tool will do with each, and checks the live database for what is in the way. Nothing is applied or written: everything is read in one read-only transaction. See docs/deploy.md.'
        : 'Prints the migration history of a database as JSON, for deploy --history in a place without access to the database. Nothing is written to the database. See docs/deploy.md.',
      look.width,
    ),
    section(
      'Options',
      LINES.filter(([name]) => (topic === 'deploy' ? DEPLOY_FLAGS : HISTORY_FLAGS).includes(name)).map(
        ([name, line]) => [termOf(name, line), line.forDeploy ?? line.brief],
      ),
      look,
    ),
    `${emphasized('Examples', look.bold)}\n${DEPLOY_EXAMPLES.map(line => `  ${line}\n`).join('')}`,
    wrapped(
      topic === 'deploy'
        ? 'Exit status: 0 go or warn, 1 block, 2 the history could not be read or compared.'
        : 'Exit status: 0 printed, 2 the history could not be read.',
      look.width,
    ),
  ]);

/** The whole text of one option. */
function optionHelp(name: string, { width, bold }: Look): string {
  const line = HELP_LINES[name];
  const spec = SPECS.get(name);
  const text = spec ? spec.doc.replaceAll('`', '') : `${line?.brief ?? ''}.`;
  const where = spec?.places.map(place => PLACES[place]) ?? [PLACES.flag];
  return sheet([
    `${emphasized(line === undefined ? name : termOf(name, line), bold)}\n`,
    wrapped(text, width),
    [
      ...(spec ? [`Value: ${valuesOf(spec)}`] : []),
      ...(spec && defaultOf(spec) !== '' ? [`Default: ${defaultOf(spec)}`] : []),
      `Where: ${where.join(', ')}`,
      ...(spec?.formerly === undefined ? [] : [`Former name, deprecated: ${spec.formerly}`]),
    ]
      .map(fact => wrapped(fact, width))
      .join(''),
  ]);
}

const PLACES = { flag: 'flag', input: 'input of the action', file: 'key of the configuration file' } as const;

function valuesOf(spec: OptionSpec): string {
  if (spec.type === 'enum') return spec.values.join(', ');
  if (spec.type === 'integer') return `${spec.least} to ${spec.most}`;
  if (spec.type === 'boolean') return 'true, false';
  if (spec.type === 'map') return spec.keys.map(key => `${key}=…`).join(',');
  return spec.type === 'list' ? 'a list; the flag may be repeated' : 'a string';
}

const defaultOf = ({ default: value }: OptionSpec): string =>
  value === null || (Array.isArray(value) && value.length === 0) ? '' : String(value);

/** As it is typed. */
function termOf(name: string, { value, short }: HelpLine): string {
  const negatable = SPECS.get(name)?.type === 'boolean' ? '[no-]' : '';
  return `${short === undefined ? '' : `-${short}, `}--${negatable}${name}${value === '' ? '' : ` ${value}`}`;
}

const section = (title: string, rows: readonly Row[], { width, bold }: Look, column = COLUMN): string =>
  `${emphasized(title, bold)}\n${rows.map(one => row(one, width, width < column + 30 ? 6 : column)).join('')}`;

/** A term and what it means: beside it where there is room, else below it. */
function row([term, text]: Row, width: number, column: number): string {
  const lines = folded(text, width - column);
  const fits = term.length + 4 <= column;
  const first = fits ? `  ${term.padEnd(column - 2)}${lines[0] ?? ''}` : `  ${term}`;
  const rest = lines.slice(fits ? 1 : 0).map(line => `${' '.repeat(column)}${line}`);
  return `${[first, ...rest].join('\n')}\n`;
}

const emphasized = (text: string, bold: boolean): string => (bold ? `\u001b[1m${text}\u001b[22m` : text);

const sheet = (parts: readonly string[]): string => parts.join('\n');

const wrapped = (text: string, width: number): string =>
  `${text
    .split('\n')
    .flatMap(line => (line.length <= width ? [line] : folded(line, width)))
    .join('\n')}\n`;

/** Lines of at most so many characters, broken at spaces. */
function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
