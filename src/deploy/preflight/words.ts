import type { Span } from '../../model/source.ts';

/** Schema and name, quoted as Postgres quotes them. */
export const quotedName = ({ schema, name }: { readonly schema: string; readonly name: string }): string =>
  [schema, name].map(part => (/^[a-z_][a-z0-9_$]*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`)).join('.');

export const placeOf = ({ statement }: { readonly statement: { readonly span: Span } }): string =>
  `${statement.span.file}:${statement.span.line}`;

const SIZES = [
  ['TB', 1024 ** 4],
  ['GB', 1024 ** 3],
  ['MB', 1024 ** 2],
  ['kB', 1024],
] as const;

/** As `pg_size_pretty`, with one digit after the point. */
export function sizeText(bytes: number): string {
  const [unit, factor] = SIZES.find(([, one]) => bytes >= one) ?? ['bytes', 1];
  const value = bytes / factor;
  return `${unit === 'bytes' || value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${unit}`;
}

export function secondsText(seconds: number): string {
  if (seconds >= 7200) return `${Math.round(seconds / 3600)} h`;
  return seconds >= 120 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds)} s`;
}

/** `one table`, `3 tables`. */
export const counted = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);
