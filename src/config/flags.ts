import { parseArgs } from 'node:util';
import { UserError } from '../model/errors.ts';
import { acceptedAt, namesAt } from './names.ts';
import { suggestion } from './nearest.ts';

/** Flags of the command line alone. */
const OWN = {
  base: { type: 'string' },
  changed: { type: 'string', multiple: true },
  all: { type: 'string' },
  'database-url': { type: 'string' },
  format: { type: 'string', short: 'f' },
  output: { type: 'string', short: 'o' },
  schema: { type: 'string' },
  help: { type: 'string', short: 'h' },
  version: { type: 'string', short: 'v' },
} as const;

/** Of the flags above, those that are booleans; to `parseArgs` all are texts, so that `--all=false` can be said. */
const OWN_BOOLEANS = ['all', 'schema', 'help', 'version'] as const;
const SHORT: ReadonlyMap<string, string> = new Map([
  ['-h', '--help'],
  ['-v', '--version'],
]);

const FORMATS = ['text', 'json', 'markdown', 'sarif', 'github'] as const;
type Format = (typeof FORMATS)[number];

export interface Arguments {
  readonly command: string | null;
  readonly operands: readonly string[];
  readonly base: string | null;
  readonly changed: readonly string[];
  readonly all: boolean;
  /** Of `deploy` and `history`: an environment variable, or a URL, which must not be printed. */
  readonly databaseUrl: string | null;
  /** Files that `history` has printed. */
  readonly history: readonly string[];
  readonly format: Format;
  readonly output: string | null;
  /** With the changes of the schema, as text. */
  readonly schema: boolean;
  readonly help: boolean;
  readonly version: boolean;
  /** Options of the table. */
  readonly options: ReadonlyMap<string, string | readonly string[]>;
}

const NOTHING: Arguments = {
  command: null,
  operands: [],
  base: null,
  changed: [],
  all: false,
  databaseUrl: null,
  history: [],
  format: 'text',
  output: null,
  schema: false,
  help: false,
  version: false,
  options: new Map(),
};

/**
 * What follows `help` are names, with or without dashes.
 * @throws UserError for a flag that is not known or lacks its value
 */
export function readArguments(argv: readonly string[]): Arguments {
  if (argv[0] === 'help') return { ...NOTHING, command: 'help', operands: argv.slice(1) };
  const flags = [...acceptedAt('flag')];
  const table = Object.fromEntries(
    flags.map(([name, [, spec]]) => [name, { type: 'string' as const, multiple: spec.type === 'list' }]),
  );
  const booleans = [...OWN_BOOLEANS, ...flags.filter(([, [, spec]]) => spec.type === 'boolean').map(([name]) => name)];
  const args = withValues(argv, booleans);
  const { values, positionals } = attempt(
    () => parseArgs({ args, options: { ...table, ...OWN }, allowPositionals: true }),
    args,
    { accepted: [...Object.keys(OWN), ...Object.keys(table), ...booleans.map(name => `no-${name}`)], booleans },
  );
  const format = values.format ?? 'text';
  if (!isFormat(format))
    throw new UserError(
      `--format: must be one of ${FORMATS.join(', ')}; got "${format}".${suggestion(format, FORMATS)}`,
    );
  const own = new Set(Object.keys(OWN));
  const options = Object.entries(values as Record<string, string | string[] | undefined>).filter(
    (entry): entry is [string, string | string[]] => !own.has(entry[0]) && entry[1] !== undefined,
  );
  const [all, schema, help, version] = OWN_BOOLEANS.map(name => isTrue(name, values[name])) as [
    boolean,
    boolean,
    boolean,
    boolean,
  ];
  const [command = null, ...operands] = positionals;
  return {
    command,
    operands,
    base: values.base ?? null,
    changed: values.changed ?? [],
    all,
    databaseUrl: values['database-url'] ?? null,
    history: [options.find(([name]) => name === 'history')?.[1] ?? []].flat(),
    format,
    output: values.output ?? null,
    schema,
    help,
    version,
    options: new Map(options),
  };
}

/** `--all` as `--all=true`, `--no-all` as `--all=false`; a word after it that is `true` or `false` is its value. */
function withValues(argv: readonly string[], booleans: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const args: string[] = [];
  for (let at = 0; at < end; at += 1) {
    const arg = argv[at] ?? '';
    const [, no = '', name = ''] = /^--(no-)?([\w-]+)$/.exec(SHORT.get(arg) ?? arg) ?? [];
    const next = argv[at + 1] ?? '';
    if (!booleans.includes(name)) args.push(arg);
    else if (no !== '') args.push(`--${name}=false`);
    else if (at + 1 < end && /^(true|false)$/.test(next)) {
      args.push(`--${name}=${next}`);
      at += 1;
    } else args.push(`--${name}=true`);
  }
  return [...args, ...argv.slice(end)];
}

function isTrue(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'true' || value === 'false') return value === 'true';
  throw new UserError(`--${name}: must be true or false; got "${value}".`);
}

const isFormat = (text: string): text is Format => (FORMATS as readonly string[]).includes(text);

function attempt<T>(
  read: () => T,
  argv: readonly string[],
  { accepted, booleans }: { readonly accepted: readonly string[]; readonly booleans: readonly string[] },
): T {
  try {
    return read();
  } catch (cause) {
    const unknown = argv.find(arg => arg.startsWith('--') && !accepted.includes(arg.slice(2).split('=')[0] ?? ''));
    const current = [...Object.keys(OWN), ...namesAt('flag')].filter(name => name !== 'paths');
    const spellings = current.flatMap(name => [`--${name}`, ...(booleans.includes(name) ? [`--no-${name}`] : [])]);
    const message =
      unknown === undefined ? mistakeOf(cause) : `Unknown option ${unknown}.${suggestion(unknown, spellings)}`;
    throw new UserError(message, { hint: 'Usage: migration-gate --help', cause });
  }
}

/** What Node says of a flag without its value, or of a short one that is not known, in one line. */
function mistakeOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const [, short] = /^Unknown option '(-\w)'/.exec(text) ?? [];
  const [, valueless] = /^Option '(?:-\w, )?(--[\w-]+)/.exec(text) ?? [];
  if (short !== undefined) return `Unknown option ${short}.`;
  return valueless === undefined ? text : `${valueless}: value missing.`;
}
