import type { Column, TypeRef } from '../../src/model/schema.ts';
import { n, type Picks } from './picks.ts';

/** Types that a column is given, most usual first and oftenest. */
const TYPES: readonly string[] = [
  ...['text', 'text', 'text', 'int', 'int', 'bigint', 'bigint', 'boolean', 'timestamptz', 'timestamptz', 'jsonb'],
  ...['varchar', 'varchar(20)', 'varchar(80)', 'varchar(255)', 'char(10)', 'uuid', 'numeric', 'numeric(10, 2)'],
  ...['numeric(12, 2)', 'numeric(12, 4)', 'smallint', 'float8', 'real', 'timestamp', 'timestamp(3)', 'timestamptz(0)'],
  ...['date', 'time', 'interval', 'interval(3)', 'json', 'bytea', 'bit(8)', 'varbit(8)', 'varbit(16)', 'text[]'],
  ...['int[]', 'varchar(20)[]', 'inet', 'cidr', 'name', 'oid', 'regclass', 'xml', '"char"', 'int4range', 'tsvector'],
];

/** A type of the server, or one that the schema defines. */
export function typeName(p: Picks): string {
  const own = p.catalog.types.values();
  return own.length > 0 && p.rarely(6) ? n(p.one(own)) + p.maybe(6, '[]').trim() : p.one(TYPES);
}

type Family = 'text' | 'whole' | 'number' | 'time' | 'truth' | 'id' | 'document' | 'array' | 'other';
const FAMILIES: Readonly<Record<string, Family>> = {
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  name: 'text',
  int2: 'whole',
  int4: 'whole',
  int8: 'whole',
  numeric: 'number',
  float4: 'number',
  float8: 'number',
  timestamp: 'time',
  timestamptz: 'time',
  date: 'time',
  bool: 'truth',
  uuid: 'id',
  json: 'document',
  jsonb: 'document',
};

/** How a column's values are written and worked with. */
function familyOf(type: TypeRef, p: Picks): Family {
  if (type.array) return 'array';
  const own = p.catalog.types.get(`${type.schema}.${type.name}`);
  if (own?.kind === 'domain' && own.base) return familyOf(own.base, p);
  return type.schema === 'pg_catalog' ? (FAMILIES[type.name] ?? 'other') : 'other';
}

const VALUES: Readonly<Record<Family, readonly string[]>> = {
  text: ["''", "'7'", "'7'::text", 'current_user', 'now()::text', "md5('7')", 'md5(random()::text)', 'label()'],
  whole: ['0', '7', '(1 + 1)', '-1', "nextval('numbers')", 'floor(random() * 9)::int', 'length(label())', 'tally()'],
  number: ['0', '1.5', 'random()', 'extract(epoch from now())', 'lot()', '7::int'],
  time: ['now()', 'current_timestamp', 'clock_timestamp()', "'2020-01-01'", "timezone('utc', now())", 'today()'],
  truth: ['false', 'true', '(1 > 0)', '(random() > 0.5)'],
  id: ['gen_random_uuid()', "'00000000-0000-0000-0000-000000000000'"],
  document: ["'{}'", "'[]'"],
  array: ["'{}'"],
  other: ['null'],
};

/** A value for a column of the type. */
export const valueFor = (type: TypeRef, p: Picks): string => (p.rarely(12) ? 'null' : p.one(VALUES[familyOf(type, p)]));

const FROM_NAME: readonly [RegExp, Family][] = [
  [/\]$/, 'array'],
  [/^(text|varchar|char\(|name)/, 'text'],
  [/^(int$|bigint|smallint)/, 'whole'],
  [/^(numeric|float|real)/, 'number'],
  [/^(timestamp|date)/, 'time'],
  [/^boolean/, 'truth'],
  [/^uuid/, 'id'],
  [/^json/, 'document'],
];

/** A value for a column whose type is only text. */
export const valueOf = (type: string, p: Picks): string =>
  p.rarely(12) ? 'null' : p.one(VALUES[FROM_NAME.find(([name]) => name.test(type))?.[1] ?? 'other']);

/** An expression over a column, for indexes and generated columns. */
export function expression({ name, type }: Column, p: Picks): string {
  const of: Readonly<Record<Family, readonly string[]>> = {
    text: ['lower(@)', 'length(@)', "(@ || 'x')", "coalesce(@, '')"],
    whole: ['(@ + 1)', 'abs(@)', '(@::text)', 'doubled(@)', '(-@)'],
    number: ['round(@)', '(@ * 2)', 'abs(@)'],
    time: ["date_trunc('day', @)", '(@ is null)', "(@ at time zone 'utc')"],
    truth: ['(not @)'],
    id: ['(@::text)'],
    document: ["(@ ->> 'a')", "(@ -> 'a')"],
    array: ['cardinality(@)', '(@[1])'],
    other: ['(@ is null)'],
  };
  return p.one(of[familyOf(type, p)]).replaceAll('@', `"${name}"`);
}

/** A condition over a column, for checks, predicates and policies. */
export function condition({ name, type }: Column, p: Picks): string {
  const of: Readonly<Record<Family, readonly string[]>> = {
    text: ["@ <> ''", 'length(@) < 300', "@ like '%'", "@ in ('7', 'a')"],
    whole: ['@ > 0', '@ >= -5', '@ between -10 and 99999', '@ in (1, 2)', '@ > 0 and @ < 90000'],
    number: ['@ >= 0', '@ < 99999'],
    time: ["@ > '2000-01-01'", "@ < '2100-01-01'"],
    truth: ['@', 'not @', '@ is not false'],
    id: ["@ <> '00000000-0000-0000-0000-000000000001'"],
    document: ["@::text <> ''"],
    array: ['cardinality(@) < 9'],
    other: ['@ is null or true'],
  };
  return p.rarely(4) ? `"${name}" is not null` : p.one(of[familyOf(type, p)]).replaceAll('@', `"${name}"`);
}
