import { parseArgs } from 'node:util';
import { Expected } from '../model/errors.ts';
import { suggestion } from './nearest.ts';
import { OPTIONS, type OptionSpec } from './options.ts';

/** Flags of the command line alone. */
const OWN = {
  base: { type: 'string' },
  changed: { type: 'string', multiple: true },
  all: { type: 'string' },
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
export type Format = (typeof FORMATS)[number];

export interface Arguments {
  readonly command: string | null;
  readonly operands: readonly string[];
  readonly base: string | null;
  readonly changed: readonly string[];
  readonly all: boolean;
  readonly format: Format;
  readonly output: string | null;
  /** With what becomes of the schema, as text. */
  readonly schema: boolean;
  readonly help: boolean;
  readonly version: boolean;
  /** Options of the table. */
  readonly given: ReadonlyMap<string, string | readonly string[]>;
}

/** @throws Expected for a flag that is not known or lacks its value */
export function readArguments(argv: readonly string[]): Arguments {
  const flags = Object.entries(OPTIONS as Readonly<Record<string, OptionSpec>>).filter(([, spec]) =>
    spec.places.includes('flag'),
  );
  const table = Object.fromEntries(
    flags.map(([name, spec]) => [name, { type: 'string' as const, multiple: spec.type === 'list' }]),
  );
  const booleans = [...OWN_BOOLEANS, ...flags.filter(([, spec]) => spec.type === 'boolean').map(([name]) => name)];
  const known = [...Object.keys(OWN), ...Object.keys(table), ...booleans.map(name => `no-${name}`)];
  const said = withValues(argv, booleans);
  const { values, positionals } = attempt(
    () => parseArgs({ args: said, options: { ...table, ...OWN }, allowPositionals: true }),
    said,
    known,
  );
  const format = values.format ?? 'text';
  if (!isFormat(format))
    throw new Expected(
      `--format must be one of ${FORMATS.join(', ')}; it is "${format}".${suggestion(format, FORMATS)}`,
    );
  const own = new Set(Object.keys(OWN));
  const given = Object.entries(values as Record<string, string | string[] | undefined>).filter(
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
    format,
    output: values.output ?? null,
    schema,
    help,
    version,
    given: new Map(given),
  };
}

/** `--canary` as `--canary=true`, `--no-canary` as `--canary=false`; a word after it that is `true` or `false` is its value. */
function withValues(argv: readonly string[], booleans: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const said: string[] = [];
  for (let at = 0; at < end; at += 1) {
    const arg = argv[at] ?? '';
    const [, no = '', name = ''] = /^--(no-)?([\w-]+)$/.exec(SHORT.get(arg) ?? arg) ?? [];
    const next = argv[at + 1] ?? '';
    if (!booleans.includes(name)) said.push(arg);
    else if (no !== '') said.push(`--${name}=false`);
    else if (at + 1 < end && /^(true|false)$/.test(next)) {
      said.push(`--${name}=${next}`);
      at += 1;
    } else said.push(`--${name}=true`);
  }
  return [...said, ...argv.slice(end)];
}

function isTrue(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'true' || value === 'false') return value === 'true';
  throw new Expected(`--${name} must be true or false; it is "${value}".`);
}

const isFormat = (text: string): text is Format => (FORMATS as readonly string[]).includes(text);

function attempt<T>(read: () => T, argv: readonly string[], known: readonly string[]): T {
  try {
    return read();
  } catch (cause) {
    const unknown = argv.find(arg => arg.startsWith('--') && !known.includes(arg.slice(2).split('=')[0] ?? ''));
    const message =
      unknown === undefined
        ? cause instanceof Error
          ? cause.message
          : String(cause)
        : `${unknown} is not known.${suggestion(
            unknown,
            known.map(name => `--${name}`),
          )}`;
    throw new Expected(message, { hint: 'migration-gate --help lists every flag.', cause });
  }
}
