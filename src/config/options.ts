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
  );

const EVERYWHERE: readonly Place[] = ['input', 'flag', 'file'];

/** Every option, once: the action's inputs, the flags, the keys of the file, their documentation and defaults come from here. */
export const OPTIONS = {
  'github-token': {
    type: 'string',
    default: null,
    secret: true,
    places: ['input'],
    doc: 'Token that reads the changed files and writes the comment. The default is the token of the job.',
  },
  paths: {
    type: 'list',
    default: [],
    places: EVERYWHERE,
    doc: 'Globs of the migrations, one a line. By default the tools used in the repository are found by their own marks.',
  },
  framework: {
    type: 'string',
    default: 'auto',
    places: EVERYWHERE,
    doc: 'The migration tool, by id (`docs/frameworks.md`), when it is not to be found by its marks.',
  },
  ignore: {
    type: 'list',
    default: [],
    places: EVERYWHERE,
    doc: 'Globs of files that are no migrations of a Postgres database, one a line. They are not read, and one that changes is no blind spot (`docs/frameworks.md` says which files look like migrations).',
  },
  'postgres-version': {
    type: 'integer',
    least: 13,
    most: 18,
    default: 15,
    places: EVERYWHERE,
    doc: 'Major version of the oldest server that the migrations will run on. Older servers lack ways around a lock, so an old version is the safe default.',
  },
  'fail-on': {
    type: 'enum',
    values: ['error', 'warning', 'never'],
    default: 'error',
    places: EVERYWHERE,
    doc: 'The least severity of a finding that fails the gate.',
  },
  'on-parse-error': {
    formerly: 'unparsed',
    type: 'enum',
    values: ['fail', 'warn'],
    default: 'fail',
    places: EVERYWHERE,
    doc: 'What a statement that does not parse, or a text that cannot be read, does to the verdict: it may hide anything.',
  },
  comment: {
    type: 'enum',
    values: ['always', 'on-findings', 'never'],
    default: 'on-findings',
    places: ['input', 'file'],
    doc: 'When the pull request gets its comment. One that is there is brought up to date in any case.',
  },
  config: {
    type: 'string',
    default: '.migration-gate.yml',
    places: ['input', 'flag'],
    doc: 'The configuration file.',
  },
  'config-from': {
    type: 'enum',
    values: ['base', 'head'],
    default: 'base',
    places: ['flag', 'file'],
    doc: 'Which version of the configuration file applies to a change that edits it: that of the `base` branch, or that of the change (`head`). Set it in the file of the base branch, or as a flag.',
  },
  database: {
    type: 'string',
    default: 'none',
    places: ['input', 'flag'],
    doc: 'Where the migrations are applied and measured: `none`, `local` (a throw-away cluster from the Postgres binaries of the machine, those of `postgres-version` or the nearest; stopped and removed afterwards), `embedded` (Postgres 18 as WebAssembly in Migration Gate itself, with nothing to set up and one session: the report says what it takes a second one to see), or the `postgres://` address of a superuser on a throw-away server such as a service container, in which databases and roles of its own are made and dropped. Several addresses, one a line, prove it on each. The history is applied first, then each changed migration is traced, taken down and up again, and rehearsed on tables that hold rows.',
  },
  'also-test-versions': {
    formerly: 'postgres-versions',
    type: 'list',
    default: [],
    places: EVERYWHERE,
    doc: 'More major versions to prove the migrations on, one a line, where `database` is `local` and their binaries are there; what fails there fails the gate. With services, name several addresses in `database`.',
  },
  'generate-rows': {
    formerly: 'rows',
    type: 'integer',
    least: 0,
    most: 1_000_000,
    default: 1000,
    places: EVERYWHERE,
    doc: 'With a database: rows made for each table that a changed migration touches, valid by its types, constraints and foreign keys, NULLs and duplicates where they are allowed. The migration is then run once more, on these rows. 0: on empty tables only.',
  },
  seed: {
    type: 'list',
    default: [],
    places: EVERYWHERE,
    doc: 'Globs of SQL files that fill the tables, instead of made rows, in the order of their names.',
  },
  'seed-command': {
    type: 'string',
    default: null,
    places: ['input', 'flag'],
    doc: 'Command that fills the tables, instead of made rows: `npm run seed`, `psql {url} -f seed.sql`. It is run before each changed migration is rehearsed, as `apply-command` is.',
  },
  'schema-command': {
    type: 'string',
    default: null,
    places: ['input', 'flag'],
    doc: 'Command that prints the schema that the code expects, as SQL: `npx prisma migrate diff --from-empty --to-schema-datamodel prisma/schema.prisma --script`. What the migrations leave is held against it. It runs in the checkout, without a shell, and is refused on `pull_request_target`.',
  },
  'row-counts': {
    type: 'list',
    default: [],
    places: EVERYWHERE,
    doc: 'Rows of tables in production, as `orders: 12000000`, one a line. What a statement takes there is foretold from two smaller scales, measured.',
  },
  'concurrent-load': {
    formerly: 'canary',
    type: 'boolean',
    default: true,
    places: EVERYWHERE,
    doc: 'Use the tables while the migration runs on rows: a reader and a writer on each, and a transaction that has read them all. The report says for how long each was blocked. Not in an audit (`--all`).',
  },
  'integrity-checks': {
    type: 'list',
    default: [],
    places: EVERYWHERE,
    doc: 'Globs of SQL files with queries that are asked before and after each migration, on rows; each begins with a comment `-- must return no rows`, `-- must not change` or `-- must be between 1 and 9`. Or the query itself: `must return no rows: select …`.',
  },
  'allow-nonempty-database': {
    formerly: 'throw-away',
    type: 'string',
    default: null,
    places: ['input', 'flag'],
    doc: 'Says a second time, as `host:port/database`, that the server that `database` names may be thrown away. It is asked for where the server is on another machine, or holds tables or other databases.',
  },
  'base-cache': {
    type: 'string',
    default: null,
    places: ['input', 'flag'],
    doc: 'With `database: local`: a folder, for `actions/cache`, in which the cluster with the applied history is left to later runs. A history with the same text is then not applied again.',
  },
  'sql-command': {
    type: 'string',
    default: null,
    places: ['input', 'flag'],
    doc: 'Command that prints the SQL of a migration that is a program: `python manage.py sqlmigrate {app} {migration}`, `alembic upgrade {previous}:{id} --sql`, `dotnet ef migrations script {previous} {id}`. It runs in the checkout, without a shell, once for each changed migration that is not read in full. `{file}`, `{directory}`, `{app}` (the folder above that of the migrations), `{migration}` (the file without its ending), `{version}` (its digits), `{id}` (as the tool records it) and `{previous}` (the id before it) are filled in. It runs programs of the pull request, so it cannot be set in the configuration file, and is refused on `pull_request_target`.',
  },
  'apply-command': {
    type: 'string',
    default: null,
    places: ['input', 'flag'],
    doc: 'The command by which your tool applies the migrations: `npx prisma migrate deploy`, `npm run migrate`, `goose postgres {url} up`. Where there is a `database`, it applies the whole history of the checkout to an empty one, what it leaves is compared with what was measured, and it runs once more, which should do nothing. It runs in the checkout, without a shell, for ten minutes at most; `DATABASE_URL` and `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`, `PGDATABASE` lead to the database, and so do `{url}`, `{host}`, `{port}`, `{user}`, `{password}` and `{database}` in the command. It runs programs of the pull request, so it cannot be set in the configuration file, and is refused on `pull_request_target`.',
  },
  'schema-dump': {
    formerly: 'base-schema',
    type: 'string',
    default: null,
    places: EVERYWHERE,
    doc: 'A dump of the schema that is checked in and kept up to date (`db/structure.sql`, `pg_dump --schema-only`). As it was before the change, it stands in for the history, which is then not read; as the change leaves it, it is held against what the migrations do.',
  },
  'require-rollback': {
    type: 'boolean',
    default: false,
    places: EVERYWHERE,
    doc: 'A migration that changes the schema must have a way down, or declare `-- migration-gate: irreversible: <reason>`. Without it that is asked only where other migrations of the history have one, and a database is at hand.',
  },
  'lock-timeout-set-by-tool': {
    type: 'boolean',
    default: false,
    places: ['file'],
    doc: 'The tool or its role sets `lock_timeout`, so that migrations need not.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type OptionName = keyof typeof OPTIONS;

type ValueOf<S> = S extends { type: 'integer' }
  ? number
  : S extends { type: 'boolean' }
    ? boolean
    : S extends { type: 'list' }
      ? readonly string[]
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

/** What can be suppressed besides rules: places that could not be analysed. */
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
