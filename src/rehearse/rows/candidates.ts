import type { Column } from './read-tables.ts';
import { textOfPattern } from './text-of-pattern.ts';
import { draw } from './values.ts';

const NUMBERS = new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8']);
const TEXTS = new Set(['text', 'varchar', 'bpchar', 'citext']);
const TIMES = new Set(['date', 'timestamp', 'timestamptz']);
const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Values that a condition on the column names, and their neighbours: one of them is likely to satisfy it. */
export function candidatesOf(column: Column, conditions: readonly string[], seed: number): string[] {
  if (column.array) return [];
  const all = conditions.join(' ');
  const strings = [...all.matchAll(/'((?:[^']|'')*)'/g)].map(([, inner = '']) => inner.replaceAll("''", "'"));
  const numbers = [...all.matchAll(/(?<![\w.'])\(?(-?\d+(?:\.\d+)?)\b|'(-?\d+(?:\.\d+)?)'/g)].map(([, a, b]) =>
    Number(a ?? b),
  );
  if (NUMBERS.has(column.base))
    return [...new Set(numbers.flatMap(n => [n, n - 1, n + 1]))].slice(0, 60).map(n => `(${n})::${column.type}`);
  if (TIMES.has(column.base))
    return strings
      .filter(value => /^\d{4}-\d\d-\d\d/.test(value))
      .flatMap(value => [
        `${literal(value)}::timestamptz`,
        `${literal(value)}::timestamptz + interval '1 day'`,
        `${literal(value)}::timestamptz - interval '1 day'`,
      ])
      .map(sql => `(${sql})::${column.type}`);
  if (!TEXTS.has(column.base)) return [];
  const lengths = [...new Set(numbers)].filter(n => Number.isInteger(n) && n > 0 && n <= 1000);
  const patterns = [...all.matchAll(/~\*? '((?:[^']|'')*)'/g)].map(([, inner = '']) => inner.replaceAll("''", "'"));
  const shaped = patterns.flatMap(pattern => {
    const places = textOfPattern(pattern);
    return places === null || places.length === 0
      ? []
      : [
          places
            .map(
              (chars, at) =>
                `substr(${literal(chars)}, 1 + ${draw(seed * 7919 + column.num * 131 + at, chars.length)}::int, 1)`,
            )
            .join(' || '),
        ];
  });
  return [
    ...strings
      .filter(value => !patterns.includes(value))
      .slice(0, 60)
      .map(literal),
    ...lengths.map(n => `lpad(g::text, ${n}, 'x')`),
    ...shaped,
  ].map(sql => `(${sql})::${column.type}`);
}
