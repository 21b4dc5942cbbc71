import type { Entry, Mark, RawRow } from './tool.ts';

interface Columns {
  /** What names the migration; it is the key as it is, or as `keyed` makes it. */
  readonly name: string;
  readonly keyed?: (name: string, row: RawRow) => string;
  readonly at?: string;
  readonly checksum?: string;
  readonly mark?: (row: RawRow) => Mark;
}

/** One entry for each row that names a migration. */
export const byColumns =
  ({ name, keyed = one => one, at, checksum, mark = () => 'applied' }: Columns) =>
  (rows: readonly RawRow[]): Entry[] =>
    rows.flatMap(row => {
      const written = row[name] ?? null;
      if (written === null) return [];
      return {
        key: keyed(written, row),
        name: written,
        checksum: (checksum === undefined ? null : row[checksum]) ?? null,
        at: isoOf(at === undefined ? null : (row[at] ?? null)),
        mark: mark(row),
      };
    });

/** A time as Postgres writes it with `DateStyle` ISO and the time zone UTC, as ISO 8601. */
export function isoOf(text: string | null): string | null {
  if (text === null) return null;
  const [, day, time] = /^(\d{4,}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(?:Z|\+00)?$/.exec(text) ?? [];
  return day === undefined || time === undefined ? null : `${day}T${time}Z`;
}

/** A name of a file without the extension of a program or of SQL. */
export const withoutExtension = (name: string): string => name.replace(/\.([cm]?[jt]s|sql|coffee|iced|eg|co)$/, '');

/** Digits as a number without leading zeros. */
export const numeric = (digits: string): string => digits.replace(/^0+(?=\d)/, '');

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const leadingDigits = (name: string): string => /^\d+/.exec(name)?.[0] ?? name;
