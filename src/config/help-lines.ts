import { bare } from '../model/bare.ts';
import type { OPTIONS, OptionName } from './options.ts';

/** One line of the help; the full text of an option of the table is its `doc`. */
export interface HelpLine {
  readonly group: Group;
  /** What stands for the value; empty for a boolean. */
  readonly value: string;
  readonly brief: string;
  readonly short?: string;
  /** What it does for `deploy` and `history`, if that differs. */
  readonly forDeploy?: string;
  /** Also in the overview, which fits on a screen: with this text, or the brief one. */
  readonly overview?: string | true;
}

export const GROUPS = [
  'Input',
  'Result',
  'Testing on a server',
  'Commands of the repository',
  'Output',
  'Deploy',
] as const;
export type Group = (typeof GROUPS)[number];

type FlagOption = {
  [N in OptionName]: 'flag' extends (typeof OPTIONS)[N]['places'][number] ? N : never;
}[OptionName];
type OwnFlag = 'base' | 'changed' | 'all' | 'database-url' | 'format' | 'output' | 'schema' | 'help' | 'version';

/** In the order of the help. Flags of the command line alone are documented here only. */
export const HELP_LINES: Readonly<Record<string, HelpLine>> = bare({
  base: {
    group: 'Input',
    value: 'REF',
    brief: 'Check what changed since the branch left REF (default: the default branch)',
    overview: 'Compare with REF (default: the default branch)',
  },
  changed: {
    group: 'Input',
    value: 'FILE',
    brief: 'Take FILE as the change, without asking git; may be repeated',
    overview: 'Check this file, without git; may be repeated',
  },
  all: {
    group: 'Input',
    value: '',
    brief: 'Check every migration, each against the schema before it',
    overview: 'Check every migration, not only changed ones',
  },
  paths: {
    group: 'Input',
    value: 'GLOB',
    brief: 'Migration files, as a flag instead of an argument; may be repeated',
  },
  framework: {
    group: 'Input',
    value: 'TOOL',
    brief: 'Id of the migration tool (default: detected)',
    overview: true,
  },
  ignore: {
    group: 'Input',
    value: 'GLOB',
    brief: 'Files that are not Postgres migrations; may be repeated',
  },
  'postgres-version': {
    group: 'Input',
    value: 'VERSION',
    brief: 'Oldest server version that the migrations run on, 13 to 18 (default: 15)',
    overview: 'Oldest server version in use (default: 15)',
  },
  'schema-dump': {
    group: 'Input',
    value: 'FILE',
    brief: 'Start from this schema dump instead of replaying the history',
    overview: 'Schema before the change, instead of the history',
  },
  config: {
    group: 'Input',
    value: 'FILE',
    brief: 'Configuration file (default: .migration-gate.yml)',
    overview: true,
  },
  'config-from': {
    group: 'Input',
    value: 'base|head',
    brief: 'Which version of a changed configuration file to use (default: base)',
  },
  'fail-on': {
    group: 'Result',
    value: 'SEVERITY',
    brief: 'Minimum severity that fails: error, warning or never (default: error)',
    overview: 'error, warning or never (default: error)',
  },
  'on-parse-error': {
    group: 'Result',
    value: 'fail|warn',
    brief: 'What SQL that cannot be parsed or read does (default: fail)',
  },
  'require-rollback': {
    group: 'Result',
    value: '',
    brief: 'Require a down migration for every schema change',
    overview: 'Require a down migration for schema changes',
  },
  database: {
    group: 'Testing on a server',
    value: 'URL',
    brief: 'none, local, embedded or the URL of a disposable server (default: none)',
    overview: 'none (default), local, embedded or a server',
  },
  'also-test-versions': {
    group: 'Testing on a server',
    value: 'VERSION',
    brief: 'Also test on this local version; may be repeated',
  },
  'allow-nonempty-database': {
    group: 'Testing on a server',
    value: 'HOST:PORT/NAME',
    brief: 'Confirm that this server is disposable',
  },
  'generate-rows': {
    group: 'Testing on a server',
    value: 'N',
    brief: 'Rows to generate in each affected table (default: 1000)',
    overview: 'Rows to generate in each table (default: 1000)',
  },
  seed: {
    group: 'Testing on a server',
    value: 'GLOB',
    brief: 'SQL files that fill the tables instead; may be repeated',
  },
  'row-counts': {
    group: 'Testing on a server',
    value: 'TABLE:N',
    brief: 'Rows of a production table, to extrapolate run time; may be repeated',
  },
  'concurrent-load': {
    group: 'Testing on a server',
    value: '',
    brief: 'Run readers and writers during the migration (default: true)',
  },
  'integrity-checks': {
    group: 'Testing on a server',
    value: 'GLOB',
    brief: 'SQL files with queries to run before and after each migration',
  },
  'base-cache': {
    group: 'Testing on a server',
    value: 'DIR',
    brief: 'Cache the cluster with the applied history here',
  },
  'apply-command': {
    group: 'Commands of the repository',
    value: 'COMMAND',
    brief: 'Applies the migrations with your tool, to compare the result',
    overview: 'Apply the migrations with your own tool, too',
  },
  'seed-command': {
    group: 'Commands of the repository',
    value: 'COMMAND',
    brief: 'Fills the tables, instead of generated rows',
  },
  'schema-command': {
    group: 'Commands of the repository',
    value: 'COMMAND',
    brief: 'Prints the schema that the code expects, to compare',
  },
  'sql-command': {
    group: 'Commands of the repository',
    value: 'COMMAND',
    brief: 'Prints the SQL of a migration written in code',
    overview: 'Print the SQL of a migration written in code',
  },
  format: {
    group: 'Output',
    value: 'FORMAT',
    short: 'f',
    brief: 'text, json, markdown, sarif or github (default: text)',
    forDeploy: 'text, json or markdown (default: text)',
    overview: 'text (default), json, markdown, sarif, github',
  },
  output: {
    group: 'Output',
    value: 'FILE',
    short: 'o',
    brief: 'Write the report to FILE instead of standard output',
    overview: 'Write the report to FILE instead',
  },
  schema: {
    group: 'Output',
    value: '',
    brief: 'Include the changes of the schema in the text report',
    overview: 'Show the schema changes in the text report',
  },
  'database-url': {
    group: 'Deploy',
    value: 'NAME',
    brief: 'Environment variable with the URL of the database, or the URL itself (default: DATABASE_URL)',
  },
  history: {
    group: 'Input',
    value: 'FILE',
    brief: 'Output of migration-gate history, for edits of what is applied nowhere',
    forDeploy: 'Use this output of migration-gate history instead of a database',
  },
  'history-table': {
    group: 'Deploy',
    value: 'table=NAME,...',
    brief: 'History table with another name, or of a runner of your own',
  },
  'migration-role': {
    group: 'Deploy',
    value: 'ROLE',
    brief: 'Role that runs the migrations, if the URL has another one',
  },
  preflight: {
    group: 'Deploy',
    value: 'CHECK=ACTION,...',
    brief: 'off, warn or block for a check of the live database',
  },
  'preflight-limits': {
    group: 'Deploy',
    value: 'LIMIT=N,...',
    brief: 'Limits of these checks, such as transaction-age=10s',
  },
  help: { group: 'Output', value: '', short: 'h', brief: 'Print this help', overview: true },
  version: { group: 'Output', value: '', short: 'v', brief: 'Print the version', overview: true },
} satisfies Readonly<Record<FlagOption | OwnFlag, HelpLine>>);
