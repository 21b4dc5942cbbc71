import { candidatesOf } from './candidates.ts';
import type { Column, FilledTable, ForeignKey } from './read-tables.ts';
import { draw, valueOf, type EdgeCases } from './values.ts';

/** A table that foreign keys point to, with the rows that it has by now. */
export interface Target {
  readonly name: string;
  readonly count: number;
}

export interface Plan {
  readonly rows: number;
  /** Rows to choose from: a condition may hold for few of them. */
  readonly tries: number;
  /** The first value of a unique key. */
  readonly from: number;
  readonly seed: number;
  readonly edgeCases: EdgeCases;
  /** Rows that break a unique key are left out; the server cannot do so where a key is DEFERRABLE (manual, INSERT). */
  readonly skipping: boolean;
  /** By oid. */
  readonly targets: ReadonlyMap<string, Target>;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const mentions = (condition: string, { name }: Column): boolean =>
  new RegExp(`(?<![\\w"])"?${name.replace(/[^\w]/g, '\\$&')}"?(?!\\w)`).test(condition.replace(/'(?:[^']|'')*'/g, ''));

/**
 * One statement that fills a table: candidates are made, and the server itself chooses those that the table's own
 * conditions let in. A text says which column has no value.
 */
export function insertionOf(table: FilledTable, plan: Plan): { readonly sql: string } | { readonly because: string } {
  const columns = table.columns.filter(({ generated }) => generated === null);
  const references = referencesOf(table, plan);
  if ('because' in references) return references;
  const values: string[] = [];
  for (const column of columns) {
    const value = references.values.get(column.name) ?? generatedValue(table, column, plan);
    if (value === null) return { because: `no value of type ${column.type} can be generated for ${column.name}` };
    values.push(`${value} as ${quoted(column.name)}`);
  }
  const generated = table.columns.flatMap(({ name, generated: sql }) =>
    sql === null ? [] : [`${sql} as ${quoted(name)}`],
  );
  const conditions = [
    ...table.checks.map(check => `(${check}) is not false`),
    ...table.columns.flatMap(column =>
      column.domainChecks.map(check => `(${check.replace(/\bVALUE\b/g, quoted(column.name))}) is not false`),
    ),
  ];
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  const own = quoted('a row');
  const source = `select ${values.join(', ')} from generate_series(${plan.from}::bigint, ${plan.from + plan.tries - 1}::bigint) g${references.joins}`;
  const sql =
    columns.length === 0
      ? `insert into ${table.name} default values`
      : `insert into ${table.name} (${names}) overriding system value select ${names} from (select ${own}.*${generated.map(one => `, ${one}`).join('')} from (${source}) ${own}) ${own}` +
        `${conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''} limit ${plan.rows}${plan.skipping ? ' on conflict do nothing' : ''}`;
  return { sql };
}

function generatedValue(table: FilledTable, column: Column, { seed, edgeCases }: Plan): string | null {
  const distinct = table.uniques.some(unique => unique.includes(column.name));
  const value = valueOf(column, { distinct, edgeCases }, seed);
  const conditions = [...table.checks.filter(check => mentions(check, column)), ...column.domainChecks];
  if (conditions.length === 0 || value === null) return value;
  const candidates = candidatesOf(column, conditions, seed);
  const salt = seed * 100_000 + column.num * 16 + 7;
  const some =
    candidates.length === 0
      ? value
      : `case when ${draw(salt, 5)} = 0 then ${value} else case ${draw(salt + 1, candidates.length)} ${candidates.map((sql, at) => `when ${at} then ${sql}`).join(' ')} end end`;
  return column.nullable ? `case when ${draw(salt + 2, 3)} > 0 then ${some} end` : some;
}

interface References {
  readonly values: ReadonlyMap<string, string>;
  readonly joins: string;
}

/** Foreign keys take rows of their target by number; unique ones enumerate the combinations. */
function referencesOf(table: FilledTable, { seed, targets }: Plan): References | { readonly because: string } {
  const values = new Map<string, string>();
  let joins = '';
  let combinations = 1;
  for (const [at, key] of [...table.foreignKeys].sort((a, b) => b.columns.length - a.columns.length).entries()) {
    const columns = table.columns.filter(({ name }) => key.columns.includes(name));
    const nullable = columns.some(column => column.nullable);
    const chosen = key.columns.filter(name => values.has(name));
    if (chosen.length === key.columns.length && chosen.length === 1) continue;
    if (table.ancestors.includes(key.target)) {
      toItself(table, key, { nullable, seed, values });
      continue;
    }
    const target = targets.get(key.target);
    if (target === undefined || target.count === 0) {
      if (!nullable)
        return { because: `${key.columns.join(', ')} must reference ${target?.name ?? 'a table'}, which has no rows` };
      for (const { name, type, nullable: may } of columns) if (may) values.set(name, `null::${type}`);
      continue;
    }
    if (chosen.length > 0) {
      joins += matching(key, target.name, { at, values, nullable, draw: draw(seed * 7919 + at, target.count) });
      for (const [i, name] of key.columns.entries())
        if (!values.has(name)) values.set(name, `p${at}.${quoted(key.targetColumns[i] ?? '')}`);
      continue;
    }
    const unique = table.uniques.some(names => names.some(name => key.columns.includes(name)));
    const number = unique ? `(g / ${combinations}) % ${target.count}` : draw(seed * 7919 + at, target.count);
    if (unique) combinations *= target.count;
    const pointed = [...new Set(key.targetColumns)].map(quoted).join(', ');
    joins += ` left join (select row_number() over (order by ${pointed}) - 1 as n, ${pointed} from ${target.name}) p${at} on p${at}.n = ${number}`;
    key.columns.forEach((name, i) => {
      const column = columns.find(one => one.name === name);
      if (column === undefined || values.has(name)) return;
      const value = `p${at}.${quoted(key.targetColumns[i] ?? '')}`;
      values.set(
        name,
        column.nullable && !unique ? `case when ${draw(seed + at + 3, 10)} > 0 then ${value} end` : value,
      );
    });
  }
  return { values, joins };
}

/** Keys that share a column, a tenant's, point to rows that agree on it; where there are none, the row is not made. */
function matching(
  key: ForeignKey,
  target: string,
  {
    at,
    values,
    nullable,
    draw: number,
  }: { at: number; values: ReadonlyMap<string, string>; nullable: boolean; draw: string },
): string {
  const conditions = key.columns.flatMap((name, i) => {
    const value = values.get(name);
    return value === undefined ? [] : [`t.${quoted(key.targetColumns[i] ?? '')} = ${value}`];
  });
  const pointed = [...new Set(key.targetColumns)].map(name => `t.${quoted(name)}`).join(', ');
  const rows = `select ${pointed} from ${target} t where ${conditions.join(' and ')}`;
  const count = `(select greatest(count(*), 1) from ${target} t where ${conditions.join(' and ')})`;
  return ` ${nullable ? 'left' : 'inner'} join lateral (${rows} order by ${pointed} offset (${number}) % ${count} limit 1) p${at} on true`;
}

/** A row that must point to its own table points to itself. */
function toItself(
  table: FilledTable,
  key: ForeignKey,
  { nullable, seed, values }: { nullable: boolean; seed: number; values: Map<string, string> },
): void {
  key.columns.forEach((name, i) => {
    const column = table.columns.find(one => one.name === name);
    const pointed = table.columns.find(one => one.name === key.targetColumns[i]);
    if (column === undefined || pointed === undefined || values.has(name)) return;
    const value = valueOf(pointed, { distinct: true, edgeCases: 'plain' }, seed);
    values.set(name, nullable && column.nullable ? `null::${column.type}` : (value ?? 'null'));
  });
}
