import { PREFLIGHT_CHECKS, PREFLIGHT_LIMITS } from '../model/preflight.ts';
import type { Severity } from '../model/report.ts';
import type { Delivery } from '../model/source.ts';

/** Where an option may be given. `input`: the action's `with:`. `flag`: the command line. `file`: .migration-gate.yml. */
export type Place = 'input' | 'flag' | 'file';

interface Base {
  /** Markdown: what the option does; a list says what its items are. */
  readonly doc: string;
  readonly places: readonly Place[];
  /** The name before it was renamed: still accepted in the same places, with a message that names the new one. */
  readonly formerly?: string;
}
export type OptionSpec = Base &
  (
    | { readonly type: 'string'; readonly default: string | null; readonly secret?: true }
    | { readonly type: 'enum'; readonly values: readonly string[]; readonly default: string }
    | { readonly type: 'integer'; readonly least: number; readonly most: number; readonly default: number }
    | { readonly type: 'boolean'; readonly default: boolean }
    | { readonly type: 'list'; readonly default: readonly string[] }
    | { readonly type: 'map'; readonly keys: readonly string[]; readonly default: null }
  );

const EVERYWHERE: readonly Place[] = ['input', 'flag', 'file'];

/** All options. Inputs of the action, flags, keys of the file, their documentation and their defaults are made from this table. */
export const OPTIONS = {
  'github-token': {
    type: 'string',
    default: null,
    secret: true,
    places: ['input'],
    doc: 'Token used to read the changed files and to write the comment. Defaults to the token of the job.',
  },
  paths: {
    type: 'list',
    default: [],
    places: EVERYWHERE,
    doc: 'Glob patterns of migration files, one per line. By default, migration tools are detected automatically.',
  },
  framework: {
    type: 'string',
    default: 'auto',
    places: EVERYWHERE,
    doc: 'Id of the migration tool (`docs/frameworks.md`). Set it if auto-detection fails.',
  },
  ignore: {
    type: 'list',
    default: [],
    places: EVERYWHERE,
    doc: 'Glob patterns of files that are not Postgres migrations, one per line. They are not read, and changing them is not reported. `docs/frameworks.md` lists which files are taken for migrations.',
  },
  'postgres-version': {
    type: 'integer',
    least: 13,
    most: 18,
    default: 15,
    places: EVERYWHERE,
    doc: 'Major version of the oldest server that the migrations will run on. Older versions offer fewer lock-free alternatives, so the default is conservative.',
  },
  'fail-on': {
    type: 'enum',
    values: ['error', 'warning', 'never'],
    default: 'error',
    places: EVERYWHERE,
    doc: 'Minimum severity that fails the check. With `never`, no finding fails it.',
  },
  'on-parse-error': {
    formerly: 'unparsed',
    type: 'enum',
    values: ['fail', 'warn'],
    default: 'fail',
    places: EVERYWHERE,
    doc: 'Whether a statement that cannot be parsed, or SQL that cannot be read, fails the check or only warns. Such SQL may do anything, so it fails by default.',
  },
  comment: {
    type: 'enum',
    values: ['always', 'on-findings', 'never'],
    default: 'on-findings',
    places: ['input', 'file'],
    doc: 'When to comment on the pull request. An existing comment is always updated.',
  },
  config: {
    type: 'string',
    default: '.migration-gate.yml',
    places: ['input', 'flag'],
    doc: 'Path to the configuration file.',
  },
  'config-from': {
    type: 'enum',
    values: ['base', 'head'],
    default: 'base',
    places: ['flag', 'file'],
    doc: 'Which version of the configuration file to use if the pull request changes it: the version on the `base` branch, or the changed one (`head`). Set it in the file on the base branch or as a flag; elsewhere it has no effect.',
  },
  database: {
    type: 'string',
    default: 'none',
    places: ['input', 'flag'],
    doc: 'Where migrations are run and measured. `none`: nowhere. `local`: a temporary cluster started from the locally installed Postgres binaries, of `postgres-version` or the nearest version, and removed afterwards. `embedded`: Postgres 18 as WebAssembly, included in Migration Gate. It needs no setup and has one session; anything that needs a second session is reported as not measured. A `postgres://` URL: a disposable server, such as a service container, on which Migration Gate creates and drops its own databases and roles; the user must be a superuser. Give several connection URLs, one per line, to test against each server. The history is applied first. Each changed migration is then measured, rolled back, reapplied, and run again on tables that contain rows.',
  },
  'also-test-versions': {
    formerly: 'postgres-versions',
    type: 'list',
    default: [],
    places: EVERYWHERE,
    doc: 'Further major versions to test the migrations on, one per line. Needs `database: local` and the binaries of these versions. A migration that fails on any of them fails the check. To test on service containers instead, give several URLs in `database`.',
  },
  'generate-rows': {
    formerly: 'rows',
    type: 'integer',
    least: 0,
    most: 1_000_000,
    default: 1000,
    places: EVERYWHERE,
    doc: 'Number of rows to generate in each table that a changed migration affects; needs a `database`. Generated rows satisfy types, constraints and foreign keys, and contain NULLs and duplicates where these are allowed. The migration is run once more on these rows. 0: only test on empty tables.',
  },
  seed: {
    type: 'list',
    default: [],
    places: EVERYWHERE,
    doc: 'Glob patterns of SQL files that fill the tables instead of generated rows; files run in name order.',
  },
  'seed-command': {
    type: 'string',
    default: null,
    places: ['input', 'flag'],
    doc: 'Command that fills the tables instead of generated rows, such as `npm run seed` or `psql {url} -f seed.sql`. It runs before each changed migration is tested on rows, in the same way as `apply-command`.',
  },
  'schema-command': {
    type: 'string',
    default: null,
    places: ['input', 'flag'],
    doc: 'Command that prints the schema that the code expects, as SQL, such as `npx prisma migrate diff --from-empty --to-schema-datamodel prisma/schema.prisma --script`. The schema the migrations produce is compared with it. The command runs in the checkout, without a shell, and is refused on `pull_request_target`.',
  },
  'row-counts': {
    type: 'list',
    default: [],
    places: EVERYWHERE,
    doc: 'Row counts of production tables, one per line, such as `orders: 12000000`. Production run time is extrapolated from measurements at two smaller sizes.',
  },
  'concurrent-load': {
    formerly: 'canary',
    type: 'boolean',
    default: true,
    places: EVERYWHERE,
    doc: 'Run concurrent readers and writers while the migration runs on rows: one reader and one writer for each table, and a transaction that has read all of them. The report says how long each was blocked. Not used with `--all`.',
  },
  'integrity-checks': {
    type: 'list',
    default: [],
    places: EVERYWHERE,
    doc: 'Glob patterns of SQL files with queries that are run before and after each migration, on rows. Each query follows a comment `-- must return no rows`, `-- must not change` or `-- must be between 1 and 9`. Instead of a file, the query itself can be given: `must return no rows: select …`.',
  },
  'allow-nonempty-database': {
    formerly: 'throw-away',
    type: 'string',
    default: null,
    places: ['input', 'flag'],
    doc: 'Confirms (as `host:port/database`) that the server in `database` is disposable. Required if the server is remote, or if it contains tables or other databases.',
  },
  'base-cache': {
    type: 'string',
    default: null,
    places: ['input', 'flag'],
    doc: 'Directory where the cluster with the migration history applied is cached between runs, for use with `actions/cache`. Needs `database: local`. While the text of the history is the same, it is not applied again.',
  },
  'sql-command': {
    type: 'string',
    default: null,
    places: ['input', 'flag'],
    doc: 'Command that prints the SQL of a migration written in code, such as `python manage.py sqlmigrate {app} {migration}`, `alembic upgrade {previous}:{id} --sql` or `dotnet ef migrations script {previous} {id}`. It runs in the checkout, without a shell, once for each changed migration that cannot be read completely. These placeholders are replaced: `{file}`, `{directory}`, `{app}` (the directory above that of the migrations), `{migration}` (file name without extension), `{version}` (its digits), `{id}` (as the tool records it) and `{previous}` (the id before it). The command runs code from the pull request, so it cannot be set in the configuration file, and is refused on `pull_request_target`.',
  },
  'apply-command': {
    type: 'string',
    default: null,
    places: ['input', 'flag'],
    doc: 'Command with which your tool applies the migrations, such as `npx prisma migrate deploy`, `npm run migrate` or `goose postgres {url} up`; needs a `database`. It applies the complete history to an empty database, and the resulting schema is compared with the measured one. It then runs a second time, which should change nothing. The command runs in the checkout, without a shell, for at most ten minutes. The database is given in `DATABASE_URL`, `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD` and `PGDATABASE`, and replaces `{url}`, `{host}`, `{port}`, `{user}`, `{password}` and `{database}` in the command. The command runs code from the pull request, so it cannot be set in the configuration file, and is refused on `pull_request_target`.',
  },
  'schema-dump': {
    formerly: 'base-schema',
    type: 'string',
    default: null,
    places: EVERYWHERE,
    doc: 'Path to a schema dump that is checked in and kept up to date (`db/structure.sql`, `pg_dump --schema-only`). The dump before the change is used as the starting schema instead of replaying the history; the updated dump is compared with what the migrations produce.',
  },
  'require-rollback': {
    type: 'boolean',
    default: false,
    places: EVERYWHERE,
    doc: 'Require a down migration, or `-- migration-gate: irreversible: <reason>`, for every migration that changes the schema. By default, this is required only if other migrations of the history have a down migration and a database is configured.',
  },
  mode: {
    type: 'enum',
    values: ['check', 'deploy'],
    default: 'check',
    places: ['input'],
    doc: '`check`: check the migrations that the change brings. `deploy`: say what a deploy of this commit would apply to a database, as the command `deploy` does (`docs/deploy.md`). It is refused on pull requests from forks.',
  },
  'database-url-env': {
    type: 'string',
    default: 'DATABASE_URL',
    places: ['input'],
    doc: 'Name of the environment variable that holds the URL of the database, for `mode: deploy`. The URL itself cannot be an input. It is masked in the log.',
  },
  history: {
    type: 'list',
    default: [],
    places: ['input', 'flag'],
    doc: 'Outputs of `migration-gate history`, one per line. `check` allows the edit of a merged migration that none of these databases has applied, and names those that have. `deploy` uses one instead of a database. For `check`, a file inside of the checkout is read from the base branch.',
  },
  'history-table': {
    type: 'map',
    keys: ['table', 'version', 'name', 'checksum', 'at'],
    default: null,
    places: ['flag', 'file'],
    doc: 'Table in which applied migrations are recorded, for `deploy` and `history`, if it is not the default table of the migration tool. `table`: its name, with its schema if necessary (`audit.migration_versions`). For a runner of your own, also name its columns: `version` or `name` (what identifies a migration), and if they exist `checksum` and `at` (when it was applied). How the runner names files, and which checksum it records, is found by comparing the rows with the files.',
  },
  'migration-role': {
    type: 'string',
    default: null,
    places: ['flag', 'file'],
    doc: 'Role that runs the migrations, for `deploy`, if it is not the role of the connection. Its privileges are checked; it is not used to connect.',
  },
  preflight: {
    type: 'map',
    keys: PREFLIGHT_CHECKS,
    default: null,
    places: ['flag', 'file'],
    doc: 'What a check of the live database does to the verdict of `deploy` unless it passes, such as `{ schema-drift: block, replica-lag: off }`: `off`, `warn` or `block`. `docs/deploy.md` lists the checks.',
  },
  'preflight-limits': {
    type: 'map',
    keys: PREFLIGHT_LIMITS,
    default: null,
    places: ['flag', 'file'],
    doc: 'Limits of the checks of the live database, each with a unit, such as `{ transaction-age: 10s, huge-table: 5GB }`. `transaction-age` (default: 30s), `prepared-age` (1h), `replica-lag` (30s); `large-table` (100MB), `huge-table` (1GB), `slot-lag` (1GB), `free-disk` (unknown to the server, so not set); `hot-table` (100/s, writes and scans).',
  },
  'lock-timeout-set-by-tool': {
    type: 'boolean',
    default: false,
    places: ['file'],
    doc: 'Set this if the tool or its role sets `lock_timeout`, so that migrations do not have to.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type OptionName = keyof typeof OPTIONS;

type ValueOf<S> = S extends { type: 'integer' }
  ? number
  : S extends { type: 'boolean' }
    ? boolean
    : S extends { type: 'list' }
      ? readonly string[]
      : S extends { type: 'map'; keys: readonly (infer K extends string)[] }
        ? Readonly<Partial<Record<K, string>>> | null
        : S extends { type: 'enum'; values: readonly (infer V)[] }
          ? V
          : S extends { default: string }
            ? string
            : string | null;

/** Rules and delivery for some paths only; the last that matches wins. */
export interface Override {
  readonly paths: readonly string[];
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  readonly transaction: Extract<Delivery, 'whole-file' | 'per-statement' | 'as-written'> | null;
}

/** What can be suppressed besides rules: places that could not be analyzed. */
export const UNREAD = 'unread';

/** Who may suppress findings of a rule: a comment, a comment together with an approving review, or nobody. */
export const SUPPRESSORS = ['comment', 'approval', 'never'] as const;
export type Suppressor = (typeof SUPPRESSORS)[number];

/** What was asked for, defaults filled in. */
export type Options = { readonly [K in OptionName]: ValueOf<(typeof OPTIONS)[K]> } & {
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  readonly overrides: readonly Override[];
  /** By rule; `default` for those that are absent. */
  readonly suppressions: ReadonlyMap<string, Suppressor>;
  /** A sentence for each option that was given by its former name. */
  readonly deprecations: readonly string[];
};

export const asksForApproval = ({ suppressions }: Options): boolean => [...suppressions.values()].includes('approval');

const defaults: unknown = Object.fromEntries(Object.entries(OPTIONS).map(([name, spec]) => [name, spec.default]));

export const DEFAULTS: Options = {
  ...(defaults as Pick<Options, OptionName>),
  rules: new Map(),
  overrides: [],
  suppressions: new Map(),
  deprecations: [],
};
