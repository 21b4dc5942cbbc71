import { bare } from '../model/bare.ts';
import type { Default, TypeRef } from '../model/schema.ts';

/** The names of the manual (table 8.1), where pg_type has others. */
const NAMES: Readonly<Record<string, string>> = bare({
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  float4: 'real',
  float8: 'double precision',
  bpchar: 'char',
});

/** A name with its schema, unless that is public or the system's. */
export const display = ({ schema, name }: { readonly schema: string; readonly name: string }): string =>
  schema === 'public' || schema === 'pg_catalog' || schema === '' ? name : `${schema}.${name}`;

/** `varchar(20)`, `numeric(10, 2)[]`, `billing.state`. */
export function typeText(type: TypeRef): string {
  const name = display({ ...type, name: NAMES[type.name] ?? type.name });
  const fields = type.fields === undefined ? '' : ` ${type.fields}`;
  return `${name}${fields}${type.mods.length > 0 ? `(${type.mods.join(', ')})` : ''}${type.array ? '[]' : ''}`;
}

/** The value where it is known, else its volatility, which tells little but whether it differs for each row. */
export function defaultText({ text, sequence, volatility, isNull }: Default): string {
  if (isNull) return '';
  if (sequence !== undefined) return `default nextval(${sequence.replace(/^public\./, '')})`;
  return text === undefined ? `default of a ${volatility} expression` : `default ${text}`;
}

export const list = (names: readonly (string | null)[]): string =>
  `(${names.map(name => name ?? 'expression').join(', ')})`;

/** The words that apply, one after the other. */
export const words = (...parts: readonly (string | false)[]): string =>
  parts.filter(part => part !== false && part !== '').join(' ');
