import type { Relation } from '../../model/effect.ts';

/** Reserved words that a plain identifier may not be (manual, appendix C), as far as people name columns and tables so. */
const RESERVED = new Set(
  (
    'all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create ' +
    'current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else end ' +
    'except false fetch for foreign from grant group having in initially intersect into lateral leading limit localtime ' +
    'localtimestamp not null offset on only or order placing primary references returning select session_user some ' +
    'symmetric system_user table then to trailing true union unique user using variadic when where window with ' +
    'authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left like ' +
    'natural notnull outer overlaps right similar tablesample verbose'
  ).split(' '),
);

/** An identifier as SQL. */
export const quote = (name: string): string =>
  /^[a-z_][a-z0-9_$]*$/.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;

/** A relation as SQL: with its schema unless that is public. */
export const quoteRelation = (relation: Pick<Relation, 'schema' | 'name'>): string =>
  relation.schema === 'public' || relation.schema === ''
    ? quote(relation.name)
    : `${quote(relation.schema)}.${quote(relation.name)}`;

/** `customers.phone`. */
export const columnOf = (relation: Pick<Relation, 'schema' | 'name'>, column: string): string =>
  `${quoteRelation(relation)}.${quote(column)}`;

/** A type or routine by its key, `schema.name`, as SQL. */
export const keyName = (key: string): string => {
  const dot = key.indexOf('.');
  return quoteRelation({ schema: key.slice(0, Math.max(0, dot)), name: key.slice(dot + 1) });
};

const MOST_NAMES = 3;

/** `a, b, c and 4 more`. */
export const listed = (names: readonly string[]): string => {
  const all = [...new Set(names)];
  const more = all.length - MOST_NAMES;
  return more > 0 ? `${all.slice(0, MOST_NAMES).join(', ')} and ${more} more` : all.join(', ');
};
