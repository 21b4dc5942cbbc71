import { isVisible, type Relation } from '../../model/effect.ts';
import { keyOf, type Column, type Key, type Table, type TypeRef } from '../../model/schema.ts';
import type { Step } from '../../model/step.ts';
import { endsOf } from './transaction-ends.ts';
import { columnOf, listed, quote, quoteRelation } from './quote.ts';

/**
 * What queries that use the old name meet once the transaction has committed: `none` when nothing has the name, `same`
 * when what has it now serves them, or a sentence that says why it may not.
 */
export type Replacement = 'none' | 'same' | { readonly differs: string };

/** Others use what had this name when the transaction began, so that a rename puts something else in its place. */
const wasTaken = (key: Key, { whole }: Step): boolean => {
  const table = endsOf(whole).before.relations.get(key);
  return table !== undefined && isVisible(table);
};

/** A table or view that another one replaces under its name, or that a rename gives a name which others left: a swap, or a rename back. */
export function replacedRelation(step: Step, from: Relation, to: Relation): Replacement {
  if (wasTaken(keyOf(to), step)) return 'same';
  const now = endsOf(step.whole).after.relations.get(keyOf(from));
  if (!now || now.kind === 'index' || now.kind === 'sequence') return 'none';
  const old = step.before.relations.get(keyOf(from));
  const [had, has] = [old && columnsOf(old), columnsOf(now)];
  const name = quoteRelation(from);
  if (!had || !has) return { differs: `Another ${KIND[now.kind]} is called ${name} then; its columns are not known.` };
  const missing = [...had.keys()].filter(column => !has.has(column));
  if (missing.length > 0)
    return { differs: `The ${KIND[now.kind]} that is called ${name} then lacks ${listed(missing.map(quote))}.` };
  const retyped = [...had].flatMap(([column, type]) => (agree(type, has.get(column) ?? null) ? [] : [quote(column)]));
  return retyped.length > 0
    ? { differs: `In the ${KIND[now.kind]} that is called ${name} then, ${listed(retyped)} may have another type.` }
    : 'same';
}

/** The same of a column. */
export function replacedColumn(step: Step, relation: Relation, from: string, to: string): Replacement {
  const { before, after } = endsOf(step.whole);
  const key = keyOf(relation);
  const columnNamed = (table: Table | undefined, name: string): Column | undefined =>
    table?.columns.find(column => column.name === name);
  const renamed = columnNamed(before.relations.get(key), to);
  if (renamed && renamed.age === undefined) return 'same';
  const [old, now] = [columnNamed(step.before.relations.get(key), from), columnNamed(after.relations.get(key), from)];
  if (!now) return 'none';
  const column = columnOf(relation, from);
  if (now.age === 'this-transaction')
    return { differs: `The new column that is called ${column} then has values of its own.` };
  return old && agree(old.type, now.type)
    ? 'same'
    : { differs: `The column that is called ${column} then has another type.` };
}

/** Is the type's name that of another one, of the same kind, once the transaction has committed? */
export function isTypeReplaced({ before, whole }: Step, from: Key, to: Key): boolean {
  const occupant = endsOf(whole).before.types.get(to);
  if (occupant?.age === 'existing' || occupant?.age === 'unknown') return true;
  const now = endsOf(whole).after.types.get(from);
  return now !== undefined && now.kind === before.types.get(from)?.kind;
}

const KIND: Readonly<Record<Table['kind'], string>> = {
  table: 'table',
  'partitioned-table': 'table',
  'foreign-table': 'table',
  view: 'view',
  'materialized-view': 'view',
  index: 'relation',
  sequence: 'relation',
  'composite-type': 'relation',
};

/** Null where they are not known. */
function columnsOf({ kind, complete, columns, yields }: Table): Map<string, TypeRef | null> | null {
  if (kind !== 'view' && kind !== 'materialized-view')
    return complete ? new Map(columns.map(({ name, type }) => [name, type])) : null;
  if (!yields) return null;
  const typed = yields.flatMap(({ name, type }) => (name === null ? [] : [[name, type] as const]));
  return typed.length === yields.length ? new Map(typed) : null;
}

const agree = (a: TypeRef | null, b: TypeRef | null): boolean =>
  a === null || b === null || (keyOf(a) === keyOf(b) && a.array === b.array && a.mods.join() === b.mods.join());
