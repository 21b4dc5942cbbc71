import { parseArgs } from 'node:util';
import { Expected } from '../errors.ts';
import { suggestion } from './nearest.ts';
import { OPTIONS, type OptionSpec } from './options.ts';

/** Flags of the command line alone. */
const OWN = {
  base: { type: 'string' },
  changed: { type: 'string', multiple: true },
  all: { type: 'boolean' },
  format: { type: 'string' },
  output: { type: 'string' },
  schema: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

export const FORMATS = ['text', 'json', 'markdown', 'sarif', 'github'] as const;
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
  const known = [...Object.keys(OWN), ...Object.keys(table)];
  const { values, positionals } = attempt(
    () => parseArgs({ args: [...argv], options: { ...table, ...OWN }, allowPositionals: true }),
    argv,
    known,
  );
  const format = values.format ?? 'text';
  if (!isFormat(format))
    throw new Expected(
      `--format must be one of ${FORMATS.join(', ')}; it is "${format}".${suggestion(format, FORMATS)}`,
    );
  const own = new Set(Object.keys(OWN));
  const given = Object.entries(values as Record<string, string | string[] | boolean | undefined>).filter(
    (entry): entry is [string, string | string[]] =>
      !own.has(entry[0]) && entry[1] !== undefined && typeof entry[1] !== 'boolean',
  );
  const [command = null, ...operands] = positionals;
  return {
    command,
    operands,
    base: values.base ?? null,
    changed: values.changed ?? [],
    all: values.all ?? false,
    format,
    output: values.output ?? null,
    schema: values.schema ?? false,
    help: values.help ?? false,
    version: values.version ?? false,
    given: new Map(given),
  };
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
        : `${unknown} is not known.${suggestion(unknown.slice(2), known)}`;
    throw new Expected(message, { hint: 'migration-gate --help lists every flag.', cause });
  }
}
