import { bare } from '../../model/bare.ts';
import type { Column } from './read-tables.ts';

/** Which edge cases values include: `bold` has boundary values, which an expression of the schema may overflow on. */
export type EdgeCases = 'bold' | 'plain';

export interface Wish {
  /** Two rows must differ in it. */
  readonly distinct: boolean;
  readonly edgeCases: EdgeCases;
}

/** A repeatable number from the row `g`; `salt` tells columns and uses apart. */
export const draw = (salt: number, sides: number): string =>
  `((pg_catalog.hashint8extended(g, ${salt}) & 9223372036854775807) % ${sides})`;

/** How a type makes a value of a number `n`, and the values at its borders. */
interface Maker {
  readonly expression: (n: string, column: Column) => string;
  readonly borders: readonly string[];
}

const same = (borders: readonly string[], expression: Maker['expression']): Maker => ({ expression, borders });
const text = same([`''`, `repeat('long ', 200)`, `'Zoë O''Neill'`], n => `'v' || ${n}`);
const whole = (top: string, least: string): Maker => same(['0', '-1', top, least], n => n);
const numeric: Maker = {
  borders: ['0', '-1', '0.5'],
  expression: (n, { modifier }) => (modifier < 0 ? n : `(${n}) % ${10 ** Math.max(0, Math.min(15, digits(modifier)))}`),
};
/** numeric(p, s) is stored as (p << 16 | s) + 4 (numeric.c). */
const digits = (modifier: number): number => ((modifier - 4) >> 16) - ((modifier - 4) & 0x7ff);
const days = `date '2024-01-01' + ((N) % 900)::int`;
const time = (n: string): string => `timestamp '2024-01-01' + (${n}) * interval '1 hour'`;
const range = (bound: (n: string) => string, name: string): Maker =>
  same([`'empty'`], n => `pg_catalog.${name}(${bound(`(${n}) * 2`)}, ${bound(`(${n}) * 2 + 1`)})`);
const width = (modifier: number, preset: number): number => (modifier < 0 ? preset : modifier);

const MAKERS: Readonly<Record<string, Maker>> = bare({
  int2: { ...whole('32767', '-32768'), expression: n => `(${n}) % 32767` },
  int4: { ...whole('2147483647', '-2147483648'), expression: n => `(${n}) % 2147483647` },
  int8: whole('9223372036854775807', '-9223372036854775808'),
  oid: whole('4294967295', '0'),
  float4: same(['0', '-1.5', '1e30'], n => n),
  float8: same(['0', '-1.5', '1e300'], n => n),
  numeric,
  money: whole('0', '-1'),
  bool: same([], n => `(${n}) % 2 = 0`),
  text,
  varchar: {
    ...text,
    expression: (n, { modifier }) => (modifier < 0 || modifier > 20 ? `'v' || ${n}` : `(${n})::text`),
  },
  bpchar: same([`''`], n => `(${n})::text`),
  name: text,
  citext: text,
  char: same([], n => `chr(65 + (${n} % 26)::int)`),
  bytea: same([`''`], n => `decode(md5((${n})::text), 'hex')`),
  uuid: same([`'00000000-0000-0000-0000-000000000000'`], n => `md5((${n})::text)`),
  date: same([`'0001-01-01'`, `'9999-12-31'`, `'infinity'`], n => days.replace('N', n)),
  timestamp: same([`'0001-01-01'`, `'9999-12-31'`, `'infinity'`], time),
  timestamptz: same([`'0001-01-01Z'`, `'9999-12-31Z'`, `'infinity'`], n => `(${time(n)}) at time zone 'UTC'`),
  time: same([`'00:00'`, `'24:00'`], n => `time '00:00' + (${n}) * interval '1 second'`),
  timetz: same([`'00:00Z'`], n => `(time '00:00' + (${n}) * interval '1 second')::text || 'Z'`),
  interval: same([`'0'`, `'-1 year'`], n => `(${n}) * interval '1 minute'`),
  json: same([`'null'`, `'[]'`, `'{}'`], n => `json_build_object('n', ${n})`),
  jsonb: same([`'null'`, `'[]'`, `'{}'`], n => `jsonb_build_object('n', ${n})`),
  jsonpath: same([], () => `'$.n'`),
  xml: same([], n => `'<n>' || ${n} || '</n>'`),
  inet: same([`'0.0.0.0/0'`, `'::1'`], n => `inet '10.0.0.0' + (${n})`),
  cidr: same([`'0.0.0.0/0'`, `'::1/128'`], n => `(inet '10.0.0.0' + (${n}))::cidr`),
  macaddr: same([], n => `lpad(to_hex(${n}), 12, '0')`),
  macaddr8: same([], n => `lpad(to_hex(${n}), 16, '0')`),
  bit: same([], (n, { modifier }) => `(${n})::bit(${width(modifier, 1)})`),
  varbit: same([`''`], (n, { modifier }) => `(${n})::bit(${Math.min(width(modifier, 32), 32)})`),
  tsvector: same([`''`], n => `'word' || ${n}`),
  tsquery: same([], n => `'word' || ${n}`),
  point: same(['point(0, 0)'], n => `point(${n}, ${n})`),
  line: same([], n => `line(point(0, ${n}), point(1, ${n}))`),
  lseg: same([], n => `lseg(point(0, ${n}), point(1, ${n}))`),
  box: same([], n => `box(point(${n}, 0), point(${n} + 0.5, 1))`),
  path: same([], n => `'((0,0),(1,' || ${n} || '))'`),
  polygon: same([], n => `polygon(box(point(${n}, 0), point(${n} + 0.5, 1)))`),
  circle: same([], n => `circle(point(${n}, 0), 0.4)`),
  int4range: range(n => `(${n})::int`, 'int4range'),
  int8range: range(n => `(${n})::bigint`, 'int8range'),
  numrange: range(n => `(${n})::numeric`, 'numrange'),
  daterange: range(n => `(date '2024-01-01' + (${n})::int)`, 'daterange'),
  tsrange: range(n => `(${time(n)})`, 'tsrange'),
  tstzrange: range(n => `((${time(n)}) at time zone 'UTC')`, 'tstzrange'),
  hstore: same([`''`], n => `'n=>' || ${n}`),
  ltree: same([`''`], n => `'top.n' || ${n}`),
  pg_lsn: same([], n => `'0/' || to_hex(${n})`),
  vector: same([], (n, { modifier }) => `array_fill((${n})::float4, array[${width(modifier, 3)}])`),
});

/** A value of the column's type from the row `g`; null when the type is not known. */
export function valueOf(column: Column, { distinct, edgeCases }: Wish, seed: number): string | null {
  const salt = seed * 100_000 + column.num * 16;
  const maker = makerOf(column);
  if (maker === null) return column.nullable ? `null::${column.type}` : null;
  const cast = (sql: string): string => (column.array ? `array[${sql}]::${column.type}` : `(${sql})::${column.type}`);
  // A small circle of values repeats, so that a unique key over them fails.
  if (distinct) return cast(maker.expression('g', column));
  const usual = cast(maker.expression(draw(salt, 50), column));
  const rare = [
    ...(column.nullable ? [`null`] : []),
    ...(edgeCases === 'bold' ? maker.borders.map(cast) : []),
    ...(column.array ? [`'{}'::${column.type}`] : []),
  ];
  if (rare.length === 0) return usual;
  const cases = rare.map((sql, at) => `when ${at} then ${sql}`).join(' ');
  return `case ${draw(salt + 1, rare.length * 4)} ${cases} else ${usual} end`;
}

function makerOf(column: Column): Maker | null {
  if (column.kind === 'e') {
    const type = column.array ? column.type.replace(/\[\]$/, '') : column.type;
    return column.labels === 0
      ? null
      : same([], n => `(enum_range(null::${type}))[1 + ((${n}) % ${column.labels})::int]`);
  }
  // ROW(NULL, …) is written without naming the fields: "(,,)" needs their number, a JSON object does not.
  if (column.kind === 'c')
    return same([], () => `json_populate_record(null::${column.type.replace(/\[\]$/, '')}, '{}')`);
  if (column.kind === 'm') return same([], () => `'{}'`);
  const maker = Object.hasOwn(MAKERS, column.base) ? MAKERS[column.base] : undefined;
  return maker ?? (column.kind === 'r' ? same([], () => `'empty'`) : null);
}
