import { crc32, digest, variants } from './checksums.ts';
import { byColumns, leadingDigits, nameOf, numeric, withoutExtension } from './entries.ts';
import { defineTool, type Checksum, type FileMigration, type HistoryTool, type RawRow } from './tool.ts';

/** Columns of the table of a runner of one's own. */
export interface OwnColumns {
  readonly version?: string;
  readonly name?: string;
  readonly checksum?: string;
  readonly at?: string;
}

/** Ways in which runners name a file in their table; that which fits the most rows is taken. */
const KEYS: readonly ((file: string) => string)[] = [
  file => nameOf(file),
  file => withoutExtension(nameOf(file)),
  file => numeric(leadingDigits(nameOf(file).replace(/^[VU](?=\d)/i, ''))),
  file => withoutExtension(nameOf(file)).replace(/^[VU]?\d+[-_. ]*/i, ''),
  file => file,
];

const crc: Checksum = {
  name: 'CRC-32',
  *candidates(bytes) {
    for (const [variant, form] of variants(bytes)) {
      const value = crc32(variant);
      yield [String(value), form];
      yield [String(value | 0), form];
      yield [value.toString(16).padStart(8, '0'), form];
    }
  },
};

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

/** Hex in either case, base64, and with the algorithm before it. */
const spelled = (one: Checksum): Checksum => ({
  name: one.name,
  *candidates(bytes, file, entry) {
    for (const [value, form] of one.candidates(bytes, file, entry)) {
      yield [value, form];
      yield [value.toUpperCase(), form];
      yield [base64(value), form];
      yield [`${one.name}:${value}`, form];
      yield [`\\x${value}`, form];
    }
  },
});

const ALGORITHMS: readonly Checksum[] = [
  ...(['sha256', 'md5', 'sha1', 'sha384'] as const).map(name => spelled(digest(name))),
  crc,
];

/**
 * The tool that a table of one's own stands for: how it names files, and which checksum it records, are found by trial
 * over its rows. `id` is that of the framework that reads the files.
 */
export function ownTool(
  { id, table, schema, columns }: { id: string; table: string; schema: string | null; columns: OwnColumns },
  { rows, files }: { readonly rows: readonly RawRow[]; readonly files: readonly FileMigration[] },
): HistoryTool {
  const naming = columns.version ?? columns.name ?? '';
  const written = rows.flatMap(row => row[naming] ?? []);
  const keyed = (name: string): string => (/^\d+$/.test(name) ? numeric(name) : name);
  const recorded = new Set(written.map(keyed));
  const key = most(KEYS, one => files.filter(({ file }) => recorded.has(one(file))).length);
  const entries = byColumns({
    name: naming,
    keyed,
    ...(columns.at === undefined ? {} : { at: columns.at }),
    ...(columns.checksum === undefined ? {} : { checksum: columns.checksum }),
  });
  const byKey = new Map(entries(rows).map(entry => [entry.key, entry]));
  const fits = (one: Checksum): number =>
    files.filter(file => {
      const entry = byKey.get(key(file.file));
      if (entry?.checksum == null) return false;
      for (const [value] of one.candidates(file.bytes, file, entry)) if (value === entry.checksum) return true;
      return false;
    }).length;
  const checksum = columns.checksum === undefined ? null : most(ALGORITHMS, fits);
  const isKnown = checksum !== null && fits(checksum) > 0;
  return defineTool({
    id,
    ran: null,
    table,
    schema,
    columns: Object.values(columns),
    entries,
    key: ({ file }) => key(file),
    checksum: isKnown ? checksum : null,
    withoutChecksum:
      checksum === null ? 'history-table names no checksum column' : 'no known algorithm gives a recorded checksum',
    // What a runner of one's own does is not known: what most do, so that nothing unusual passes as usual.
    reactions: {
      late: ['apply late'],
      edited: ['nothing'],
      missing: ['nothing'],
      duplicate: ['skip saying ok'],
      failed: ['refuse'],
    },
  });
}

function most<T>(all: readonly T[], count: (one: T) => number): T {
  const ranked = all.map(one => ({ one, count: count(one) }));
  return ranked.reduce((best, next) => (next.count > best.count ? next : best)).one;
}
